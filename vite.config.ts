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
  distributions: 'src/initializers/distributions.ts',
  models: 'src/models/index.ts',
  streams: 'src/streams/index.ts',
  operations: 'src/operations/index.ts',
  shaders: 'src/runtimes/shaders.ts',
  jax: 'src/runtimes/jax.ts',
  ort: 'src/runtimes/ort.ts',
  tfjs: 'src/runtimes/tfjs/index.ts',
  'tfjs-ops': 'src/runtimes/tfjs/ops/index.ts',
  typegpu: 'src/runtimes/typegpu.ts',
  'typegpu-functions': 'src/runtimes/typegpu_functions.ts',
};

/** Each stream is a file of its own, so that bundlers leave out those that a program does not import. */
const STREAMS = Object.fromEntries(
  [
    'jax',
    'numpy',
    'tensorflow',
    'torch',
    'torch/cuda',
    'torch/stateless',
    'keras/jax',
    'keras/numpy',
    'keras/tensorflow',
    'keras/torch',
  ].map((path) => [
    `streams/${path}`,
    path.startsWith('keras') ? `src/streams/${path}.ts` : `src/streams/${path}/index.ts`,
  ]),
);

/**
 * What is loaded together, each with all that it imports and that no part before has. Without them each module
 * that two parts share would be a chunk of its own, and small files compress worse.
 */
const PARTS = [
  { name: 'wgsl', test: /\/src\/backends\/gpu\/pipelines\/shaders\.ts$/, priority: 5 },
  { name: 'copy_wgsl', test: /\/src\/streams\/copy\.ts$/, priority: 4.5 },
  { name: 'sampling_wgsl', test: /\/src\/backends\/gpu\/pipelines\/sampling\.ts$/, priority: 4 },
  { name: 'qr_wgsl', test: /\/src\/backends\/gpu\/orthogonal\/shaders\.ts$/, priority: 4 },
  {
    name: 'core',
    test: /\/src\/(sampler\/sampler|backends\/gpu\/device\/adapters|initializers\/registry|backends\/(approach|copied|tensor)|distributions\/key_words)\.ts$/,
    priority: 3,
  },
  { name: 'elementary', test: /\/src\/arithmetic\/elementary\.ts$/, priority: 2.5 },
  { name: 'sampling', test: /\/src\/initializers\/(sampling|all)\.ts$/, priority: 2 },
  { name: 'device', test: /\/src\/backends\/gpu\/device\/(buffer|scope)\.ts$/, priority: 3 },
  { name: 'gpu', test: /\/src\/backends\/gpu\/code\.ts$/, priority: 2 },
  { name: 'cpu', test: /\/src\/backends\/cpu\/open\.ts$/, priority: 1 },
];

export default defineConfig({
  plugins: [
    ...sourcePlugins(),
    nodeEntries(ENTRIES, 'src/core/node_host.ts'),
    threadFiles(),
    wgslFiles('/src/runtimes/manifest.ts'),
  ],
  build: {
    target: 'es2022',
    lib: { entry: { ...ENTRIES, ...STREAMS, cli: 'src/cli/main.ts' }, formats: ['es'] },
    license: { fileName: 'licenses.md' },
    rollupOptions: {
      output: {
        // The declarations have the docstrings.
        comments: { jsdoc: false, legal: true, annotation: true },
        codeSplitting: { groups: PARTS },
        chunkFileNames: '[name].js', // A version of the package is in a folder of its own.
        minify: true, // Vite leaves it to the bundlers of users, but what is unpacked should be small, too.
      },
      external: [
        /^node:/,
        ...Object.keys(manifest.peerDependencies).map((name) => new RegExp(`^${name}($|/)`)),
      ],
    },
  },
  test: { projects },
});
