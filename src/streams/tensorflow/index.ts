import { knownKeys } from '../../core/check';
import { ArgumentError, show } from '../../core/errors';
import type { ForeignInitializer, Stream, StreamKey } from '../definition';
import type { Seed } from '../key';
import { distributions, own } from './distributions';
import { randint } from './initializers';
import { integerOf, keyOfData, seedPart, type SeedType, TensorflowKey } from './key';

export { type SeedType, TensorflowKey } from './key';

function keyOf(seed: Seed | StreamKey): TensorflowKey {
  if (seed instanceof TensorflowKey && seed.stream === tensorflow) return seed;
  const integer = integerOf(seed);
  // Beyond int64 the same 64 bits as a negative number.
  if (integer !== undefined && integer >= -(2n ** 63n) && integer < 2n ** 64n)
    return new TensorflowKey(tensorflow, [BigInt.asIntN(64, integer), 0n]);
  const key = seed instanceof TensorflowKey ? undefined : keyOfData(tensorflow, seed);
  if (key !== undefined) return key;
  throw new ArgumentError(
    `seed must be an integer in [-2^63, 2^64) or a key of tensorflow, got ${show(seed)}`,
  );
}

/**
 * The stream of TensorFlow: its keys, and the initializer that only TensorFlow has.
 *
 * @example
 * ```ts
 * import { tensorflow, type Tensorflow } from 'tensorseed/streams';
 *
 * const stream: Tensorflow = tensorflow;
 * console.log(stream.name); // tensorflow
 * ```
 */
export interface Tensorflow extends Stream {
  /**
   * The key of a seed in [-2^63, 2^64), of a key of tensorflow, or of one as plain data.
   * @throws ArgumentError for any other value
   *
   * @example
   * ```ts
   * import { tensorflow } from 'tensorseed/streams';
   *
   * console.log(tensorflow.keyOf(42).seed); // [ 42n, 0n ]
   * ```
   */
  keyOf(seed: Seed | StreamKey): TensorflowKey;

  /**
   * The seed [a, b] of a stateless function.
   * @param a an integer in [-2^63, 2^63), which beyond 2^53 - 1 must be a BigInt, as is `b`
   * @param dtype the type of the seed, which decides what `split` gives. By default that which TensorFlow gives the
   *   integers: int32 where both fit, else int64
   * @throws ArgumentError for any other numbers
   *
   * @example
   * ```ts
   * import { tensorflow } from 'tensorseed/streams';
   *
   * const [first] = tensorflow.seed(1, 2).split(1); // tf.random.split([1, 2], 1)
   * console.log(first.seed); // [ 1105988140n, 1738052849n ]
   * ```
   */
  seed(a: number | bigint, b: number | bigint, dtype?: SeedType): TensorflowKey;

  /**
   * Integers of `tf.random.stateless_uniform(shape, seed, minval, maxval, tf.int32)`.
   * @param minval the lower end, which is included: an integer in [-2^31, 2^31)
   * @param maxval the upper end, which is excluded: an integer in (minval, 2^31)
   * @throws ArgumentError for any other numbers
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   * import { tensorflow } from 'tensorseed/streams';
   *
   * const sampler = await Sampler.create();
   * const tensor = await sampler.fill(tensorflow.randint(0, 10), [4], { seed: tensorflow.seed(1, 2) });
   * console.log(await tensor.data()); // Int32Array(4) [ 0, 9, 4, 9 ]
   * sampler.destroy();
   * ```
   */
  randint(minval: number, maxval: number): ForeignInitializer;
}

/**
 * TensorFlow's stateless random functions on the CPU: `tf.random.stateless_uniform`, `stateless_normal` and
 * `stateless_truncated_normal` with the algorithm Philox. An integer seed s is TensorFlow's seed [s, 0].
 * docs/streams/tensorflow.md says which values are the same bit for bit.
 *
 * @example
 * ```ts
 * import { initializers, Sampler } from 'tensorseed';
 * import { tensorflow } from 'tensorseed/streams';
 *
 * const sampler = await Sampler.create();
 * const uniform = initializers.randomUniform({ minval: 0, maxval: 1 });
 * const tensor = await sampler.fill(uniform, [2], { seed: tensorflow.seed(42, 0) });
 * // tf.random.stateless_uniform([2], seed=[42, 0])
 * console.log(await tensor.data()); // Float32Array(2) [ 0.2824331521987915, 0.4984169006347656 ]
 * sampler.destroy();
 * ```
 */
export const tensorflow: Tensorflow = {
  name: 'tensorflow',
  keyOf,
  seed(a: number | bigint, b: number | bigint, dtype?: SeedType): TensorflowKey {
    const key = new TensorflowKey(tensorflow, [seedPart('a must be', a), seedPart('b must be', b)]);
    if (dtype === undefined || dtype === key.dtype) return key;
    if (dtype === 'int64') return new TensorflowKey(tensorflow, key.seed, dtype);
    throw new ArgumentError(
      dtype === 'int32'
        ? `a seed of int32 has integers in [-2^31, 2^31), got ${a} and ${b}`
        : `dtype of a seed must be int32 or int64, got ${show(dtype)}`,
    );
  },
  randint,
  initializers: {
    randint(config: Readonly<Record<string, unknown>>) {
      const { minval, maxval } = knownKeys('the options of randint', config, ['minval', 'maxval']);
      return randint(minval as number, maxval as number);
    },
  },
  distributions,
  own,
};
