import { ArgumentError, show } from '../../core/errors';
import type { Stream, StreamKey } from '../definition';
import type { Seed } from '../key';
import { distributions, own } from '../tensorflow/distributions';
import { integerOf, keyOfData, TensorflowKey } from '../tensorflow/key';

/** Keras takes seeds modulo this, which is 2^31 - 2. */
const MODULUS = 2n ** 31n - 2n;

function keyOf(seed: Seed | StreamKey): TensorflowKey {
  if (seed instanceof TensorflowKey && seed.stream === kerasTensorflow) return seed;
  const integer = integerOf(seed);
  if (integer !== undefined && BigInt.asIntN(64, integer) === integer)
    return new TensorflowKey(kerasTensorflow, [((integer % MODULUS) + MODULUS) % MODULUS, 0n]);
  const key = seed instanceof TensorflowKey ? undefined : keyOfData(kerasTensorflow, seed);
  if (key !== undefined) return key;
  throw new ArgumentError(
    `seed must be an integer in [-2^63, 2^63) or a key of keras/tensorflow, got ${show(seed)}`,
  );
}

/**
 * Keras 3's initializers on the backend TensorFlow, with the integer seeds that they were given. Those draw with
 * TensorFlow's stateless functions from the seed [seed mod 2^31 - 2, 0]. docs/streams/tensorflow.md says which values
 * are the same bit for bit.
 *
 * @example
 * ```ts
 * import { initializers, Sampler } from 'tensorseed';
 * import { kerasTensorflow } from 'tensorseed/streams';
 *
 * const sampler = await Sampler.create();
 * const kernel = initializers.glorotUniform({ seed: 42 }); // keras.initializers.GlorotUniform(seed=42)
 * const tensor = await sampler.fill(kernel, [2, 3], { stream: kerasTensorflow });
 * console.log((await tensor.float32())[0]); // -0.47666507959365845
 * sampler.destroy();
 * ```
 */
export const kerasTensorflow: Stream = {
  name: 'keras/tensorflow',
  keyOf,
  heedsSeeds: true,
  distributions,
  own,
};
