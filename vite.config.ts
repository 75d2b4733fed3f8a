/// <reference types="vitest/config" />
import { defineConfig } from 'vite';
import { wgsl } from './src/setup/wgsl_plugin.ts';
import { projects } from './test/harness/projects.ts';

export default defineConfig({
  plugins: [wgsl()],
  build: {
    target: 'es2022',
    lib: {
      entry: { index: 'src/index.ts', cli: 'src/cli/main.ts', bench_child: 'bench/child.ts', bench_cold: 'bench/cold.ts' },
      formats: ['es'],
    },
    minify: false,
    sourcemap: true,
    rollupOptions: { external: [/^node:/, 'webgpu', 'puppeteer'] },
  },
  test: { projects },
});
