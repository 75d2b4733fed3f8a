import { knownKeys, readArray } from '../../core/check';
import { ArgumentError, show } from '../../core/errors';
import type { ForeignInitializer, Stream, StreamKey } from '../definition';
import type { Seed } from '../key';
import { bits } from './bits';
import { integers as integersDistribution } from './integers';
import { integers } from './initializers';
import { keyOfData, NumpyKey, unsigned } from './key';
import { normal } from './normal';
import { uniform } from './uniform';

export { NumpyKey } from './key';

const distributions: Stream['distributions'] = { bits, normal, uniform };

function keyOf(seed: Seed | StreamKey): NumpyKey {
  if (seed instanceof NumpyKey && seed.stream === numpy) return seed;
  const integer = unsigned(seed);
  if (integer !== undefined) return new NumpyKey(numpy, integer, []);
  const key = seed instanceof NumpyKey ? undefined : keyOfData(numpy, seed);
  if (key !== undefined) return key;
  throw new ArgumentError(`seed must be an integer in [0, 2^64) or a key of numpy, got ${show(seed)}`);
}

/**
 * The stream of NumPy: its keys, and the initializer that only NumPy has.
 *
 * @example
 * ```ts
 * import { numpy, type Numpy } from 'tensorseed/streams';
 *
 * const stream: Numpy = numpy;
 * console.log(stream.name); // numpy
 * ```
 */
export interface Numpy extends Stream {
  /**
   * The key of a seed in [0, 2^64), of a key of numpy, or of one as plain data.
   * @throws ArgumentError for any other value
   *
   * @example
   * ```ts
   * import { numpy } from 'tensorseed/streams';
   *
   * console.log(numpy.keyOf(42).entropy); // 42n
   * ```
   */
  keyOf(seed: Seed | StreamKey): NumpyKey;

  /**
   * `np.random.SeedSequence(entropy, spawn_key=spawnKey)`.
   * @param entropy an integer in [0, 2^64), which beyond 2^53 - 1 must be a BigInt, as are those of the spawn key
   * @param spawnKey integers in [0, 2^64). Default none
   * @throws ArgumentError for any other numbers
   *
   * @example
   * ```ts
   * import { numpy } from 'tensorseed/streams';
   *
   * const key = numpy.seedSequence(42, [3]);
   * console.log(key.lo === numpy.keyOf(42).fold(3).lo); // true
   * ```
   */
  seedSequence(entropy: number | bigint, spawnKey?: readonly (number | bigint)[]): NumpyKey;

  /**
   * `Generator.integers(low, high, dtype=np.int32)`.
   * @param low the lower end, which is included: an integer in [-2^31, 2^31)
   * @param high the upper end, which is excluded: an integer in (low, 2^31]
   * @throws ArgumentError for any other numbers
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   * import { numpy } from 'tensorseed/streams';
   *
   * const sampler = await Sampler.create();
   * const tensor = await sampler.fill(numpy.integers(0, 10), [5], { seed: 42, stream: numpy });
   * console.log(await tensor.data()); // Int32Array(5) [ 0, 7, 6, 4, 4 ]
   * sampler.destroy();
   * ```
   */
  integers(low: number, high: number): ForeignInitializer;
}

/**
 * NumPy's `np.random.default_rng(seed)`, PCG64, made anew for each tensor: `uniform`, `normal` and `integers`, drawn in
 * float64 and rounded to the dtype. docs/streams/numpy.md says which values are the same bit for bit.
 *
 * The generator has a state, so that the host draws the elements one after the other.
 *
 * @example
 * ```ts
 * import { initializers, Sampler } from 'tensorseed';
 * import { numpy } from 'tensorseed/streams';
 *
 * const sampler = await Sampler.create();
 * const uniform = initializers.randomUniform({ minval: 0, maxval: 1 });
 * const tensor = await sampler.fill(uniform, [2], { seed: 42, stream: numpy });
 * // np.random.default_rng(42).random(2).astype(np.float32)
 * console.log(await tensor.data()); // Float32Array(2) [ 0.7739560604095459, 0.43887844681739807 ]
 * sampler.destroy();
 * ```
 */
export const numpy: Numpy = {
  name: 'numpy',
  keyOf,
  seedSequence(entropy: number | bigint, spawnKey: readonly (number | bigint)[] = []): NumpyKey {
    const integer = unsigned(entropy);
    if (integer === undefined)
      throw new ArgumentError(`entropy must be an integer in [0, 2^64), got ${show(entropy)}`);
    const spawned = readArray('spawnKey', spawnKey, 'an array of integers in [0, 2^64)', (part, at) => {
      const one = unsigned(part);
      if (one !== undefined) return one;
      throw new ArgumentError(`${at} must be an integer in [0, 2^64), got ${show(part)}`);
    });
    return new NumpyKey(numpy, integer, spawned);
  },
  integers,
  initializers: {
    integers(config: Readonly<Record<string, unknown>>) {
      const { low, high } = knownKeys('the options of integers', config, ['low', 'high']);
      return integers(low as number, high as number);
    },
  },
  distributions,
  own: { integers: integersDistribution },
};
