/// <reference types="vitest/config" />
import { defineConfig } from 'vite';
import { wgsl, wgslFiles } from './src/setup/wgsl_plugin.ts';
import { projects } from './test/harness/projects.ts';

export default defineConfig({
  plugins: [wgsl(), wgslFiles()],
  build: {
    target: 'es2022',
    lib: {
      entry: { index: 'src/index.ts', shaders: 'src/shader_exports.ts', cli: 'src/cli/main.ts' },
      formats: ['es'],
    },
    minify: false,
    sourcemap: true,
    rollupOptions: { external: [/^node:/, 'webgpu'] },
  },
  test: { projects },
});
