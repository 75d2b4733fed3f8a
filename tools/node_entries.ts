import { resolve } from 'node:path';
import type { Plugin } from 'vite';

const PREFIX = 'virtual:node/';

/**
 * Adds an entry for Node to each entry of the package, as `node/<entry>`. It has the same exports, and first
 * tells the library that it runs in Node. So the files for browsers name none of Node's modules.
 * @param entries the sources of the entries by their names
 * @param host the module that tells the library
 */
export function nodeEntries(entries: Readonly<Record<string, string>>, host: string): Plugin {
  return {
    name: 'tensorseed-node-entries',
    apply: 'build',
    buildStart() {
      this.emitFile({
        type: 'chunk',
        id: resolve(host),
        fileName: 'node/host.js',
        preserveSignature: 'strict',
      });
      for (const name of Object.keys(entries))
        this.emitFile({
          type: 'chunk',
          id: PREFIX + name,
          fileName: `node/${name}.js`,
          preserveSignature: 'strict',
        });
    },
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return undefined;
      const entry = entries[id.slice(PREFIX.length + 1)];
      const code = `import ${JSON.stringify(resolve(host))};\nexport * from ${JSON.stringify(resolve(entry))};\n`;
      return { code, moduleSideEffects: true };
    },
  };
}
