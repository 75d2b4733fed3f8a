/// <reference types="vitest/config" />
import { defineConfig } from 'vite';
import manifest from './package.json' with { type: 'json' };
import { nodeEntries } from './tools/node_entries.ts';
import { sourcePlugins } from './tools/plugins.ts';
import { threadFiles } from './tools/wasm_plugin.ts';
import { wgslFiles } from './tools/wgsl_plugin.ts';
import { projects } from './test/harness/projects.ts';

/** The entries of the package, which run anywhere. Those for Node stand beside them: see nodeEntries. */
const ENTRIES = {
  index: 'src/index.ts',
  models: 'src/models/index.ts',
  shaders: 'src/runtimes/shaders.ts',
  jax: 'src/runtimes/jax.ts',
  ort: 'src/runtimes/ort.ts',
  tfjs: 'src/runtimes/tfjs/index.ts',
  typegpu: 'src/runtimes/typegpu.ts',
};

export default defineConfig({
  plugins: [...sourcePlugins(), nodeEntries(ENTRIES, 'src/core/node_host.ts'), threadFiles(), wgslFiles()],
  build: {
    target: 'es2022',
    lib: { entry: { ...ENTRIES, cli: 'src/cli/main.ts' }, formats: ['es'] },
    minify: false,
    license: { fileName: 'licenses.md' },
    rollupOptions: {
      // The declarations have the docstrings.
      output: { comments: { jsdoc: false, legal: true, annotation: true } },
      external: [
        /^node:/,
        ...Object.keys(manifest.peerDependencies).map((name) => new RegExp(`^${name}($|/)`)),
      ],
    },
  },
  test: { projects },
});
