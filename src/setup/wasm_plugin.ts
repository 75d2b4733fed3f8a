import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import asc from 'assemblyscript/asc';
import { build, type Plugin, type Rollup } from 'vite';

/**
 * Imports what the fast CPU path cannot have as a module of the bundle, since threads have to
 * start from it: `index.ts?wasm` is AssemblyScript, as the base64 of its WebAssembly, and
 * `worker.ts?script` is a module with its imports, as the text of one classic script.
 */
export function wasm(): Plugin {
  return {
    name: 'tensorseed-wasm',
    enforce: 'pre',
    async load(id) {
      const [path, query] = id.split('?');
      if (query !== 'wasm' && query !== 'script') return undefined;
      for (const name of readdirSync(dirname(path))) this.addWatchFile(join(dirname(path), name));
      const text = query === 'wasm' ? await compile(path) : await bundle(path);
      return { code: `export default ${JSON.stringify(text)};\n`, map: null, moduleType: 'js' };
    },
  };
}

async function compile(path: string): Promise<string> {
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    // Nothing is allocated, so no runtime, and nothing aborts.
    [path, '--outFile', 'out.wasm', '-O3', '--runtime', 'stub', '--enable', 'simd', '--use', 'abort=', '--baseDir', dirname(path)],
    { writeFile: (_name, contents) => void (binary = contents as Uint8Array) },
  );
  if (error !== null || binary === undefined) throw new Error(`${path} does not compile: ${stderr.toString()}`);
  return Buffer.from(binary).toString('base64');
}

async function bundle(path: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, target: 'es2022', lib: { entry: path, formats: ['iife'], name: 'worker' } },
  });
  const [{ output }] = result as Rollup.RollupOutput[];
  return output[0].code;
}
