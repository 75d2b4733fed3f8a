import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';

/** What a page that uses the library has to load, in bytes. */
export interface BundleSize {
  readonly minified: number;
  readonly gzip: number;
  readonly brotli: number;
}

/** vite, which an installed package does not bring; its name is none that a bundler sees. */
export async function vite(): Promise<typeof import('vite')> {
  const name = 'vite';
  return (await import(/* @vite-ignore */ name)) as typeof import('vite');
}

/** Builds the page for browsers. @returns its folder */
export async function buildPage(checkout: string): Promise<string> {
  const { build } = await vite();
  await build({
    configFile: join(checkout, 'bench', 'throughput', 'page', 'vite.config.ts'),
    logLevel: 'silent',
  });
  return join(checkout, 'out', 'build', 'bench-page');
}

/** Builds the library alone and minified. @returns its folder, with index.js */
export async function buildLibrary(checkout: string): Promise<string> {
  const { build } = await vite();
  const outDir = join(checkout, 'out', 'build', 'bench-library');
  await build({
    root: checkout,
    configFile: join(checkout, 'vite.config.ts'),
    logLevel: 'silent',
    // ES modules in vite's library mode keep their white space unless they are built as an application's.
    build: {
      outDir,
      emptyOutDir: true,
      sourcemap: false,
      lib: false,
      minify: true,
      rollupOptions: {
        input: { index: join(checkout, 'src', 'index.ts') },
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: 'index.js' },
      },
    },
  });
  return outDir;
}

export async function bundleSize(file: string): Promise<BundleSize> {
  const code = await readFile(file);
  const [zipped, brotli] = await Promise.all([
    promisify(gzip)(code, { level: 9 }),
    promisify(brotliCompress)(code),
  ]);
  return { minified: code.length, gzip: zipped.length, brotli: brotli.length };
}
