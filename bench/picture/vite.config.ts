import { defineConfig } from 'vite';
import { sourcePlugins } from '../../tools/plugins.ts';

/** The program that draws the README's picture, as one script for Node. */
export default defineConfig({
  plugins: sourcePlugins(),
  build: {
    ssr: 'bench/picture/main.ts',
    outDir: 'out/build/picture',
    emptyOutDir: true,
    target: 'es2022',
    rollupOptions: { external: [/^node:/, 'webgpu'], output: { entryFileNames: 'main.js' } },
  },
});
