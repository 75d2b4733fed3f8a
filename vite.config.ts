/// <reference types="vitest/config" />
import { defineConfig } from 'vite';
import { wasm } from './src/setup/wasm_plugin.ts';
import { wgsl } from './src/setup/wgsl_plugin.ts';
import { projects } from './test/harness/projects.ts';

export default defineConfig({
  plugins: [wgsl(), wasm()],
  build: {
    target: 'es2022',
    lib: {
      entry: { index: 'src/index.ts', cli: 'src/cli/main.ts' },
      formats: ['es'],
    },
    minify: false,
    sourcemap: true,
    rollupOptions: { external: [/^node:/, 'webgpu'] },
  },
  test: { projects },
});
