/// <reference types="vitest/config" />
import { defineConfig } from 'vite';
import manifest from './package.json' with { type: 'json' };
import { sourcePlugins } from './tools/plugins.ts';
import { wgslFiles } from './tools/wgsl_plugin.ts';
import { projects } from './test/harness/projects.ts';

export default defineConfig({
  plugins: [...sourcePlugins(), wgslFiles()],
  build: {
    target: 'es2022',
    lib: {
      entry: {
        index: 'src/index.ts',
        models: 'src/models/index.ts',
        shaders: 'src/runtimes/shaders.ts',
        cli: 'src/cli/main.ts',
        bench: 'bench/throughput/run.ts',
        bench_child: 'bench/throughput/child.ts',
        bench_cold: 'bench/throughput/cold.ts',
        jax: 'src/runtimes/jax.ts',
        ort: 'src/runtimes/ort.ts',
        tfjs: 'src/runtimes/tfjs/index.ts',
        typegpu: 'src/runtimes/typegpu.ts',
      },
      formats: ['es'],
    },
    minify: false,
    license: { fileName: 'licenses.md' },
    sourcemap: true,
    rollupOptions: {
      // The declarations have the docstrings.
      output: { comments: { jsdoc: false, legal: true, annotation: true } },
      external: [
        /^node:/,
        'puppeteer',
        '@observablehq/plot',
        'linkedom',
        ...Object.keys(manifest.peerDependencies).map((name) => new RegExp(`^${name}($|/)`)),
      ],
    },
  },
  test: { projects },
});
