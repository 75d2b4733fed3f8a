import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';
import { sourcePlugins } from '../../tools/plugins';

declare module 'vitest' {
  interface ProvidedContext {
    /** deno-main.ts with the library's sources, as one file, and a folder for what Deno stores. */
    deno: { script: string; cache: string };
  }
}

/** Vitest's global set-up of the projects in Deno: bundles the sources, whose imports Deno does not resolve. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (project.config.env.TENSORSEED_SKIP) {
    project.provide('deno', { script: '', cache: '' });
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), 'tensorseed-deno-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await build({
      configFile: false,
      root: fileURLToPath(new URL('../../', import.meta.url)),
      plugins: sourcePlugins(),
      logLevel: 'error',
      build: {
        outDir: folder,
        target: 'esnext',
        minify: false,
        lib: { entry: { main: 'test/harness/deno-main.ts' }, formats: ['es'], fileName: () => 'main.mjs' },
        rollupOptions: { external: [/^node:/] },
      },
    });
  } catch (error) {
    await remove();
    throw error;
  }
  project.provide('deno', { script: join(folder, 'main.mjs'), cache: join(folder, 'cache') });
  return remove;
}
