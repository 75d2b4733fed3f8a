import { defineConfig } from 'vite';
import { sourcePlugins } from '../../tools/plugins.ts';

/** The command that stands alone, and the process that it starts. */
export default defineConfig({
  plugins: sourcePlugins(),
  ssr: { noExternal: true }, // The other machine has no packages.
  build: {
    ssr: true,
    emptyOutDir: true,
    target: 'es2022',
    minify: true,
    rollupOptions: {
      input: { run: 'bench/gpu/main.ts', gpu_child: 'bench/gpu/child.ts' },
      external: [/^node:/, 'webgpu'],
      output: {
        entryFileNames: ({ name }) => (name === 'run' ? 'run.mjs' : '[name].js'),
        chunkFileNames: 'assets/[name]-[hash].js',
      },
    },
  },
});
