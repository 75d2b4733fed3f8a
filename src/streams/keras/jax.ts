import { ArgumentError, show } from '../../core/errors';
import type { Stream, StreamKey } from '../definition';
import { DISTRIBUTIONS } from '../jax';
import { JaxKey, keyOfData } from '../jax/key';
import { type Seed, wordsOfInteger } from '../key';

function keyOf(seed: Seed | StreamKey): JaxKey {
  if (seed instanceof JaxKey && seed.stream === kerasJax) return seed;
  const words = wordsOfInteger(seed);
  // The seed is the first word of the key's data.
  if (words !== undefined && words.hi === 0) return new JaxKey(kerasJax, 0, words.lo);
  const key = seed instanceof JaxKey ? undefined : keyOfData(kerasJax, seed);
  if (key !== undefined) return key;
  throw new ArgumentError(
    `seed must be an integer in [0, 2^32), as Keras takes them on JAX, or a key of keras/jax, got ${show(seed)}`,
  );
}

/**
 * Keras 3's initializers on the backend JAX, with the integer seeds that they were given. Those draw with
 * `jax.random` from the key whose data are [seed, 0]. docs/streams/jax.md says which values are the same bit for bit.
 *
 * @example
 * ```ts
 * import { initializers, Sampler } from 'tensorseed';
 * import { kerasJax } from 'tensorseed/streams';
 *
 * const sampler = await Sampler.create();
 * const kernel = initializers.glorotUniform({ seed: 42 }); // keras.initializers.GlorotUniform(seed=42)
 * const tensor = await sampler.fill(kernel, [2, 3], { stream: kerasJax });
 * console.log((await tensor.float32()).slice(0, 2)); // Float32Array(2) [ 0.1461973786354065, -0.9518352150917053 ]
 * sampler.destroy();
 * ```
 */
export const kerasJax: Stream = {
  name: 'keras/jax',
  keyOf,
  heedsSeeds: true,
  distributions: {
    bits: DISTRIBUTIONS.bits,
    uniform: DISTRIBUTIONS.uniform,
    normal: DISTRIBUTIONS.normal,
    truncated_normal: DISTRIBUTIONS.truncated_normal,
    orthogonal: DISTRIBUTIONS.orthogonal,
  },
};
