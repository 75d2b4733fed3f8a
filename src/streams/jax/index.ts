import { ArgumentError, show } from '../../core/errors';
import { bits } from '../../distributions/bits';
import { orthogonalOver } from '../../distributions/orthogonal';
import type { ForeignInitializer, Stream, StreamKey } from '../definition';
import type { KeyData, Seed } from '../key';
import { bernoulli as drawBernoulli } from './bernoulli';
import { exponential as drawExponential } from './exponential';
import { gumbel as drawGumbel } from './gumbel';
import { bernoulli, exponential, gumbel, INITIALIZERS, randint } from './initializers';
import { randint as drawRandint } from './randint';
import { JaxKey, keyOfData } from './key';
import { normal, STANDARD_NORMALS } from './normal';
import { truncatedNormal } from './truncated_normal';
import { uniform } from './uniform';

export { JaxKey } from './key';

const orthogonalMatrix = orthogonalOver(() => STANDARD_NORMALS);

/** How JAX makes values, by the kind of a draw. */
export const DISTRIBUTIONS: Stream['distributions'] = {
  bits,
  uniform,
  normal,
  truncated_normal: truncatedNormal,
  orthogonal: orthogonalMatrix,
};

/** The same for the draws that only streams have. */
const OWN: Stream['own'] = {
  randint: drawRandint,
  bernoulli: drawBernoulli,
  exponential: drawExponential,
  gumbel: drawGumbel,
};

const LEAST_SEED = -(1n << 63n);
const SEED_END = 1n << 64n;

function keyOf(seed: Seed | StreamKey): JaxKey {
  if (seed instanceof JaxKey && seed.stream === jax) return seed;
  const integer = integerOf(seed);
  if (integer !== undefined && integer >= LEAST_SEED && integer < SEED_END)
    return new JaxKey(jax, Number(BigInt.asUintN(32, integer)), 0);
  const key = integer === undefined && !(seed instanceof JaxKey) ? keyOfData(jax, seed) : undefined;
  if (key !== undefined) return key;
  throw new ArgumentError(
    `seed must be an integer in [-2^63, 2^64), of which JAX takes the lower 32 bits, or a key of jax, got ${show(seed)}`,
  );
}

function integerOf(seed: unknown): bigint | undefined {
  if (typeof seed === 'bigint') return seed;
  return typeof seed === 'number' && Number.isSafeInteger(seed) ? BigInt(seed) : undefined;
}

/**
 * The stream of JAX: what `jax.random` has for keys, and the initializers that only JAX has.
 *
 * @example
 * ```ts
 * import { jax, type Jax } from 'tensorseed/streams';
 *
 * const stream: Jax = jax;
 * console.log(stream.name); // jax
 * ```
 */
export interface Jax extends Stream {
  /**
   * The key of a seed as `key` has it, of a key of jax, or of one as plain data as `wrapKeyData` has it.
   * @throws ArgumentError for any other value
   *
   * @example
   * ```ts
   * import { jax } from 'tensorseed/streams';
   *
   * console.log(jax.keyOf(42).value === jax.key(42).value); // true
   * ```
   */
  keyOf(seed: Seed | StreamKey): JaxKey;

  /**
   * `jax.random.key(seed)`.
   * @param seed an integer in [-2^63, 2^64), which beyond 2^53 - 1 must be a BigInt. As in JAX without
   *   `jax_enable_x64`, only its lower 32 bits matter: 2^32 + 7 is the seed 7, and -1 is 2^32 - 1.
   * @throws ArgumentError for any other value
   *
   * @example
   * ```ts
   * import { jax } from 'tensorseed/streams';
   *
   * console.log(jax.key(42).hi, jax.key(42).lo); // 0 42
   * ```
   */
  key(seed: number | bigint): JaxKey;

  /**
   * `jax.random.PRNGKey(seed)`, the older name of `key`.
   * @throws ArgumentError as `key`
   *
   * @example
   * ```ts
   * import { jax } from 'tensorseed/streams';
   *
   * console.log(jax.PRNGKey(42).value === jax.key(42).value); // true
   * ```
   */
  PRNGKey(seed: number | bigint): JaxKey;

  /**
   * `jax.random.split(key, num)`. Key i does not depend on how many there are.
   * @param count the number of keys, an integer in [0, 65536]; default 2
   * @throws ArgumentError for any other number, and unless `key` is a key of jax
   *
   * @example
   * ```ts
   * import { jax } from 'tensorseed/streams';
   *
   * const [key, subkey] = jax.split(jax.key(0));
   * console.log(key.hi, subkey.hi); // 1797259609 928981903
   * ```
   */
  split(key: JaxKey, count?: number): JaxKey[];

  /**
   * `jax.random.fold_in(key, data)`.
   * @param data an integer in [0, 2^32)
   * @throws ArgumentError for any other value, and unless `key` is a key of jax
   *
   * @example
   * ```ts
   * import { jax } from 'tensorseed/streams';
   *
   * console.log(jax.foldIn(jax.key(0), 0).hi); // 1797259609
   * ```
   */
  foldIn(key: JaxKey, data: number | bigint): JaxKey;

  /**
   * `jax.random.wrap_key_data(data)`.
   * @param data the two words of the key, the high one first, or the words `lo` and `hi` as they are left of a key
   *   that went through JSON, `structuredClone` or `postMessage`
   * @throws ArgumentError for any other value
   *
   * @example
   * ```ts
   * import { jax } from 'tensorseed/streams';
   *
   * console.log(jax.wrapKeyData([0, 42]).value === jax.key(42).value); // true
   * ```
   */
  wrapKeyData(data: readonly [hi: number, lo: number] | Uint32Array | KeyData): JaxKey;

  /**
   * Integers of `jax.random.randint(key, shape, low, high)`: int32 by default, or uint32.
   * @param low the lower end, which is included: an integer that the dtype has
   * @param high the upper end, which is excluded: an integer > low, at most one more than the dtype's largest in
   *   int32 and the dtype's largest in uint32
   * @throws ArgumentError unless both are integers and low < high
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   * import { jax } from 'tensorseed/streams';
   *
   * const sampler = await Sampler.create();
   * const tensor = await sampler.fill(jax.randint(0, 10), [4], { seed: jax.key(0) });
   * console.log(await tensor.data()); // Int32Array(4) [ 9, 0, 2, 3 ]
   * sampler.destroy();
   * ```
   */
  randint(low: number, high: number): ForeignInitializer;

  /**
   * `jax.random.bernoulli(key, p, shape)`: 1 with the probability p, else 0. JAX itself gives booleans.
   * @param p the probability, a number in [0, 1]; JAX, and so this, rounds it up to a multiple of 2^-23. Default 0.5
   * @throws ArgumentError for any other number
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   * import { jax } from 'tensorseed/streams';
   *
   * const sampler = await Sampler.create();
   * const tensor = await sampler.fill(jax.bernoulli(0.5), [4], { seed: jax.key(0), dtype: 'uint32' });
   * console.log(await tensor.data()); // Uint32Array(4) [ 0, 0, 1, 1 ]
   * sampler.destroy();
   * ```
   */
  bernoulli(p?: number): ForeignInitializer;

  /**
   * `jax.random.exponential(key, shape)`: the density is exp(-x).
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   * import { jax } from 'tensorseed/streams';
   *
   * const sampler = await Sampler.create();
   * const tensor = await sampler.fill(jax.exponential(), [4], { seed: jax.key(0) });
   * console.log((await tensor.float32()).every((x) => x >= 0)); // true
   * sampler.destroy();
   * ```
   */
  exponential(): ForeignInitializer;

  /**
   * `jax.random.gumbel(key, shape)` in JAX's default mode "low": the density is exp(-x - exp(-x)).
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   * import { jax } from 'tensorseed/streams';
   *
   * const sampler = await Sampler.create();
   * const tensor = await sampler.fill(jax.gumbel(), [4], { seed: jax.key(0) });
   * console.log((await tensor.float32()).length); // 4
   * sampler.destroy();
   * ```
   */
  gumbel(): ForeignInitializer;

  /** Makes the initializers that only JAX has, by their names on the command line. */
  readonly initializers: NonNullable<Stream['initializers']>;
}

/**
 * JAX's generator threefry2x32, with keys and draws as `jax.random` has them in its default 32-bit mode with
 * `jax_threefry_partitionable`. docs/streams/jax.md says which values are the same bit for bit.
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { jax } from 'tensorseed/streams';
 *
 * const sampler = await Sampler.create();
 * const [key] = jax.split(jax.key(42));
 * const tensor = await sampler.fill('bits', [2], { seed: key });
 * console.log(await tensor.data()); // Uint32Array(2) [ 2277453133, 1345880512 ]
 * sampler.destroy();
 * ```
 */
export const jax: Jax = {
  name: 'jax',
  keyOf,
  key: (seed: number | bigint): JaxKey => keyOf(seed),
  PRNGKey: (seed: number | bigint): JaxKey => keyOf(seed),
  split: (key: JaxKey, count = 2): JaxKey[] => keyIn('split', key).split(count),
  foldIn(key: JaxKey, data: number | bigint): JaxKey {
    if (typeof data !== 'number' && typeof data !== 'bigint')
      throw new ArgumentError(`foldIn takes an integer in [0, 2^32), got ${show(data)}`);
    return keyIn('foldIn', key).fold(data);
  },
  wrapKeyData(data: readonly [hi: number, lo: number] | Uint32Array | KeyData): JaxKey {
    const key = keyOfData(jax, data);
    if (key !== undefined) return key;
    throw new ArgumentError(
      `wrapKeyData takes the words [hi, lo] of a key, integers in [0, 2^32), got ${show(data)}`,
    );
  },
  randint,
  bernoulli,
  exponential,
  gumbel,
  initializers: INITIALIZERS,
  distributions: DISTRIBUTIONS,
  own: OWN,
};

function keyIn(name: string, key: JaxKey): JaxKey {
  if (key instanceof JaxKey) return key;
  throw new ArgumentError(`${name} takes a key of jax, got ${show(key)}`);
}
