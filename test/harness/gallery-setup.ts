import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, preview } from 'vite';
import type { TestProject } from 'vitest/node';
import type { BrowserServer } from '../../tools/browser';
import { setUpBrowser } from './browser-setup';
import { urlOf } from './server';

declare module 'vitest' {
  interface ProvidedContext {
    /** The gallery's file: address; '' where the project is skipped. */
    galleryFile: string;
  }
}

/** Where the server has the gallery: not at its root. */
export const SUB_PATH = 'some/where';

const configFile = fileURLToPath(new URL('../../src/gallery/vite.config.ts', import.meta.url));

/** Vitest's global set-up of the project `gallery`. */
export default (project: TestProject) => setUpGallery(project);

/** The page as `npm run build:gallery` makes it, on a server and on the disk, and a browser for it. */
export async function setUpGallery(
  project: TestProject,
  start?: () => Promise<BrowserServer>,
): Promise<() => Promise<void>> {
  const root = await mkdtemp(join(tmpdir(), 'tensorseed-gallery-'));
  const outDir = join(root, SUB_PATH);
  const tearDown = await setUpBrowser(
    project,
    async () => {
      await mkdir(outDir, { recursive: true });
      await build({ configFile, logLevel: 'error', build: { outDir } });
      const server = await preview({
        configFile: false,
        root,
        logLevel: 'error',
        build: { outDir: root },
        preview: { host: '127.0.0.1', port: 0 },
      });
      return {
        url: urlOf(server.httpServer),
        async close() {
          await server.close();
        },
      };
    },
    start,
  );
  project.provide(
    'galleryFile',
    tearDown === undefined ? '' : pathToFileURL(join(outDir, 'index.html')).href,
  );
  return async () => {
    await tearDown?.();
    await rm(root, { recursive: true, force: true });
  };
}
