import type { Member } from './member';

/** A runtime whose tensors are typed arrays. */
export const runtime: Member = {
  heading: 'A runtime',
  names: { name: 'plain' },
  files: {
    'src/runtimes/plain.ts': `/** tensorseed in no runtime: typed arrays. */
import { type Filling, Sampler, type Shape, type TensorData } from '../index';
import type { RuntimeOptions } from './options';

/**
 * A new typed array with the tensor's elements.
 *
 * @example
 * \`\`\`ts
 * import { fill } from 'tensorseed/plain';
 *
 * console.log(await fill('ones', [2])); // Float32Array(2) [ 1, 1 ]
 * \`\`\`
 */
export async function fill(
  initializer: Filling,
  shape: Shape,
  options: RuntimeOptions = {},
): Promise<TensorData> {
  const sampler = await Sampler.create({ backend: 'cpu' });
  return (await sampler.fill(initializer, shape, options)).data();
}
`,
  },
  lines: {
    'vite.config.ts': [["jax: 'src/runtimes/jax.ts'", "        plain: 'src/runtimes/plain.ts',"]],
    'package.json': [
      ['"files": [', `    "plain",`],
      [
        '"exports": {',
        `    "./plain": { "require": { "types": "./dist/cjs/plain.d.cts", "default": "./dist/cjs/plain.cjs" }, "types": "./dist/types/runtimes/plain.d.ts", "browser": "./dist/plain.js", "node": "./dist/node/plain.js", "default": "./dist/plain.js" },`,
      ],
    ],
  },
  unused: {
    'test/runtimes/plain.page.ts': 'it needs no browser',
    'test/runtimes/plain.test.ts': 'it is used by the test of growth itself',
    'docs/runtimes.md': 'it is for this test alone',
  },
};
