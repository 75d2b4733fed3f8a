import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { sourcePlugins } from '../../../tools/plugins.ts';

/** The page in which a browser runs the cases, with the peers in chunks of their own. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: sourcePlugins(),
  build: {
    outDir: fileURLToPath(new URL('../../../out/build/bench-page/', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 4000,
  },
});
