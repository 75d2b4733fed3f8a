import { defineConfig } from 'vite';
import { wasm } from '../../src/setup/wasm_plugin.ts';
import { wgsl } from '../../src/setup/wgsl_plugin.ts';

/** The command as one script for Node; the library's own configuration has entries of its own. */
export default defineConfig({
  plugins: [wgsl(), wasm()],
  build: {
    ssr: 'bench/certify/main.ts',
    outDir: 'out/build/certify',
    emptyOutDir: true,
    target: 'es2022',
    rollupOptions: { external: [/^node:/, 'webgpu'], output: { entryFileNames: 'main.js' } },
  },
});
