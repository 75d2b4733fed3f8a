import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';
import type { TestProject } from 'vitest/node';
import { sourcePlugins } from '../../tools/plugins';
import { setUpBrowser } from './browser-setup';
import { urlOf } from './server';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Vitest's global set-up of the project `runtimes`. */
export default (project: TestProject) => setUpBrowser(project, servePages);

/**
 * Bundles test/runtimes/*.page.ts, with the sources and the runtimes that they import, as an application would be, and
 * serves them beside a page without anything.
 */
async function servePages(): Promise<{ url: string; close(): Promise<void> }> {
  const outDir = await mkdtemp(join(tmpdir(), 'tensorseed-runtimes-'));
  const remove = (): Promise<void> => rm(outDir, { recursive: true, force: true });
  const common = { configFile: false, root, logLevel: 'error' } as const;
  try {
    const pages = readdirSync(join(root, 'test', 'runtimes')).filter((name) => name.endsWith('.page.ts'));
    await build({
      ...common,
      plugins: sourcePlugins(),
      build: {
        outDir,
        target: 'esnext',
        minify: false,
        modulePreload: false,
        chunkSizeWarningLimit: Infinity,
        rollupOptions: {
          input: Object.fromEntries(
            pages.map((name) => [name.slice(0, -'.ts'.length), join(root, 'test', 'runtimes', name)]),
          ),
          preserveEntrySignatures: 'strict',
          output: { entryFileNames: '[name].js' },
        },
      },
    });
    await writeFile(
      join(outDir, 'index.html'),
      '<!doctype html><title>tensorseed: runtimes</title><link rel="icon" href="data:,">',
    );
    const server = await preview({ ...common, build: { outDir }, preview: { host: '127.0.0.1', port: 0 } });
    return {
      url: urlOf(server.httpServer),
      async close() {
        await server.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
