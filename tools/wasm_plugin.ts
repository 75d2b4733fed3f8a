import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import asc from 'assemblyscript/asc';
import { build, type Plugin, type Rollup } from 'vite';

/**
 * The folder of compiled modules, by a hash of their sources. Compiling takes seconds, and a test run has
 * many servers.
 */
const CACHE = fileURLToPath(new URL('../node_modules/.cache/tensorseed/', import.meta.url));

/** The options of the compiler. The kernels allocate nothing and never abort, so they need no runtime. */
const OPTIONS = ['-O3', '--runtime', 'stub', '--enable', 'simd', '--use', 'abort='];

/**
 * Imports what threads start from, which cannot be a module of the bundle. `index.ts?wasm` is AssemblyScript,
 * and gives its WebAssembly as zlib compresses it, in base64. That has a quarter of the bytes of hexadecimal, and
 * is not larger with gzip. `worker.ts?script` is a module, and gives the text of one classic script with all its
 * imports.
 */
export function wasm(): Plugin {
  return {
    name: 'tensorseed-wasm',
    enforce: 'pre',
    async load(id) {
      const [path, query] = id.split('?');
      if (query !== 'wasm' && query !== 'script') return undefined;
      const files = sourcesBeside(path);
      for (const file of files) this.addWatchFile(file);
      const text = query === 'wasm' ? packed(await compileOnce(path, files)) : await bundle(path);
      return { code: `export default ${JSON.stringify(text)};\n`, map: null, moduleType: 'js' };
    },
  };
}

/**
 * Writes what a page may serve by itself to `assets/` of the build: `kernels.wasm`, and `worker.js`, which is the
 * script of a browser's thread.
 */
export function threadFiles(): Plugin {
  return {
    name: 'tensorseed-thread-files',
    apply: 'build',
    async generateBundle() {
      const emit = (fileName: string, source: string | Uint8Array): void =>
        void this.emitFile({ type: 'asset', fileName, source });
      emit('assets/kernels.wasm', await compileOnce(KERNELS, sourcesBeside(KERNELS)));
      emit('assets/worker.js', `const channel = self;\n${await bundle(WORKER)}`);
    },
  };
}

const CPU = fileURLToPath(new URL('../src/backends/cpu/', import.meta.url));
const KERNELS = join(CPU, 'wasm', 'assembly', 'index.ts');
const WORKER = join(CPU, 'threads', 'worker.ts');

function sourcesBeside(path: string): string[] {
  const names = readdirSync(dirname(path)).filter((name) => name.endsWith('.ts'));
  return names.map((name) => join(dirname(path), name));
}

const packed = (module: Buffer): string => deflateSync(module, { level: 9 }).toString('base64');

async function compileOnce(path: string, files: readonly string[]): Promise<Buffer> {
  const key = createHash('sha256').update(asc.version).update(OPTIONS.join(' '));
  for (const file of files) key.update(`${file}\0`).update(readFileSync(file));
  const cached = join(CACHE, `${key.digest('hex')}.wasm`);
  try {
    return readFileSync(cached);
  } catch {
    const binary = await compile(path);
    mkdirSync(CACHE, { recursive: true });
    writeFileSync(cached, binary);
    return binary;
  }
}

async function compile(path: string): Promise<Buffer> {
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    [path, '--outFile', 'out.wasm', '--baseDir', dirname(path), ...OPTIONS],
    {
      writeFile: (_name, contents) => void (binary = contents as Uint8Array),
    },
  );
  if (error !== null || binary === undefined)
    throw new Error(`${path} does not compile: ${stderr.toString()}`);
  return Buffer.from(binary);
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
