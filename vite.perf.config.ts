import { defineConfig } from 'vite';
import { wasm } from './src/setup/wasm_plugin.ts';
import { wgsl } from './src/setup/wgsl_plugin.ts';
export default defineConfig({ plugins: [wgsl(), wasm()], build: { ssr: '/tmp/perf-entry.ts', outDir: '/tmp/perf', emptyOutDir: true, target: 'es2022', rollupOptions: { external: [/^node:/, 'webgpu'], output: { entryFileNames: 'main.mjs' } } } });
