import { ArgumentError, show } from '../../core/errors';
import { bits } from '../../distributions/bits';
import type { Stream, StreamKey } from '../definition';
import { type Seed, wordsOfInteger } from '../key';
import { JaxKey } from './key';
import { uniform } from './uniform';

function keyOf(seed: Seed | StreamKey): JaxKey {
  if (seed instanceof JaxKey) return seed;
  const words = wordsOfInteger(seed);
  if (words === undefined)
    throw new ArgumentError(`seed must be an integer in [0, 2^64) or a key of jax, got ${show(seed)}`);
  return new JaxKey(jax, words.lo, words.hi);
}

/** JAX's generator threefry2x32, as `jax.random` has it. */
export const jax = {
  name: 'jax',
  keyOf,
  distributions: { bits, uniform },
} as const satisfies Stream;
