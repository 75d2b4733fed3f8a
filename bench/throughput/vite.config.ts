import { defineConfig } from 'vite';
import { sourcePlugins } from '../../tools/plugins.ts';

/** The command as scripts for Node: itself, and the processes that it starts. */
export default defineConfig({
  plugins: sourcePlugins(),
  build: {
    ssr: true,
    outDir: 'out/build/bench',
    emptyOutDir: true,
    target: 'es2022',
    rollupOptions: {
      input: {
        main: 'bench/throughput/main.ts',
        bench_child: 'bench/throughput/child.ts',
        bench_cold: 'bench/throughput/cold.ts',
        gpu_child: 'bench/gpu/child.ts',
      },
      external: [/^node:/, 'webgpu'],
      output: { entryFileNames: '[name].js' },
    },
  },
});
