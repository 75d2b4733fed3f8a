import { defineConfig } from 'vite';
import { sourcePlugins } from '../../tools/plugins.ts';

/** The command as one script for Node; the library's own configuration has entries of its own. */
export default defineConfig({
  plugins: sourcePlugins(),
  build: {
    ssr: 'test/fuzz/main.ts',
    outDir: 'out/build/fuzz',
    emptyOutDir: true,
    target: 'es2022',
    rollupOptions: { external: [/^node:/, 'webgpu'], output: { entryFileNames: 'main.js' } },
  },
});
