import { reading, ArgumentError, show } from '../core/errors';
import type { StreamDistribution } from '../distributions/distribution';
import type { Draw } from '../distributions/draw';
import type { KeyWords } from '../distributions/key_words';
import type { Parameters } from '../distributions/parameters';
import type { Seed } from './key';

/**
 * The key of a stream: what its values follow from.
 *
 * A `Key` is one of tensorseed's own stream. The keys of other streams derive keys as these do.
 *
 * @example
 * ```ts
 * import { Sampler, type StreamKey } from 'tensorseed';
 * import { jax } from 'tensorseed/streams';
 *
 * const key: StreamKey = jax.key(42);
 * const sampler = await Sampler.create();
 * const tensor = await sampler.fill('random_uniform', [4], { seed: key });
 * console.log(tensor.key === key); // true
 * sampler.destroy();
 * ```
 */
export interface StreamKey extends KeyWords {
  /** The stream of the key; undefined for tensorseed's own. */
  readonly stream?: Stream;
  /**
   * Whether it is the state of a generator that was given as the seed and moves on from tensor to tensor, so that
   * each tensor has values of its own without a name. A name then derives nothing.
   */
  readonly follows?: boolean;
  /** The key as one integer. */
  readonly value: bigint;
  /**
   * The key as plain data, which `keyOf` of its stream takes. Default: the words `lo` and `hi`.
   *
   * @example
   * ```ts
   * import { jax } from 'tensorseed/streams';
   *
   * const data = JSON.parse(JSON.stringify(jax.key(42)));
   * console.log(jax.keyOf(data).value === jax.key(42).value); // true
   * ```
   */
  toJSON?(): object;
  /**
   * Derives the key of a name, or of an integer, as the stream does.
   * @throws ArgumentError where the stream derives no such key
   *
   * @example
   * ```ts
   * import { jax } from 'tensorseed/streams';
   *
   * console.log(jax.key(42).fold(3).value === jax.foldIn(jax.key(42), 3).value); // true
   * ```
   */
  fold(by: string | number | bigint): StreamKey;
  /**
   * Derives keys, as the stream does.
   * @throws ArgumentError where the stream derives none, or not so many
   *
   * @example
   * ```ts
   * import { jax } from 'tensorseed/streams';
   *
   * console.log(jax.key(42).split(2).length); // 2
   * ```
   */
  split(count: number): StreamKey[];
}

/**
 * A rule for the values of a tensor that only some streams have. It is an `Initializer`. Every stream that has a draw
 * of its name draws it, each in its own way: `jax.randint(0, 10)` in the stream torch is `torch.randint(0, 10)`.
 *
 * @example
 * ```ts
 * import type { ForeignInitializer } from 'tensorseed';
 * import { jax } from 'tensorseed/streams';
 *
 * const initializer: ForeignInitializer = jax.randint(0, 10);
 * console.log(initializer.className); // Randint
 * ```
 */
export interface ForeignInitializer {
  /** What messages call it. */
  readonly className: string;
  /**
   * Returns what fills a tensor of this shape.
   *
   * @example
   * ```ts
   * import { jax } from 'tensorseed/streams';
   *
   * console.log(jax.randint(0, 10).resolve([4]).kind); // foreign
   * ```
   */
  resolve(shape: readonly number[]): Draw;
  /**
   * Returns its options.
   *
   * @example
   * ```ts
   * import { jax } from 'tensorseed/streams';
   *
   * console.log(jax.randint(0, 10).getConfig()); // { low: 0, high: 10 }
   * ```
   */
  getConfig(): Record<string, number | string | boolean | null>;
}

/**
 * What makes values of a seed, as another framework does: jax, torch and others of `tensorseed/streams`.
 *
 * @example
 * ```ts
 * import { Sampler, type Stream } from 'tensorseed';
 * import { jax } from 'tensorseed/streams';
 *
 * const stream: Stream = jax;
 * const sampler = await Sampler.create();
 * const tensor = await sampler.fill('random_normal', [4], { seed: 42, stream });
 * console.log(tensor.key.stream?.name); // jax
 * sampler.destroy();
 * ```
 */
export interface Stream {
  /** Its name on the command line, such as "jax". */
  readonly name: string;
  /**
   * The key of a seed, of a key, or of one as plain data.
   * @throws ArgumentError where the stream has no such seed
   *
   * @example
   * ```ts
   * import { jax } from 'tensorseed/streams';
   *
   * console.log(jax.keyOf(42).value === jax.key(42).value); // true
   * ```
   */
  keyOf(seed: Seed | StreamKey): StreamKey;
  /**
   * Makes the initializers that only this stream has, by their names on the command line, from options under the
   * names of the framework.
   */
  readonly initializers?: Readonly<
    Record<string, (config: Readonly<Record<string, unknown>>) => ForeignInitializer>
  >;
  /** Whether the tensors of a model take the integer seeds of their initializers, as Keras's do. */
  readonly heedsSeeds?: boolean;
  /**
   * How it makes the values of a draw, by the draw's kind. What it does not have it does not draw; constants and
   * identities are the same in every stream.
   * @internal
   */
  readonly distributions: Readonly<Record<string, StreamDistribution<any, any>>>;
  /**
   * The same for draws of the kind 'foreign', by their names.
   * @internal
   */
  readonly own?: Readonly<Record<string, StreamDistribution<any, any>>>;
  /**
   * Whether its keys are of 64 bits and derive others as a `Key` does.
   * @internal
   */
  readonly derivesAsKey?: true;
  /**
   * Makes a generator of a seed, whose tensors follow one another. Only streams with state have this.
   *
   * @example
   * ```ts
   * import { torch } from 'tensorseed/streams';
   *
   * console.log(torch.manualSeed(0).value); // 0n
   * ```
   */
  manualSeed?(seed: number | bigint): StreamKey;
  /**
   * Moves a generator that is given as the seed past a tensor, so that the next tensor follows it. Only streams
   * with state have this. It is called for each tensor that is resolved, once its key is made and nothing is
   * wrong, but not by `sampler.check`; `seed` may also be an integer or a key, of which nothing moves.
   * @param params what draws the whole tensor
   * @internal
   */
  advance?(seed: Seed | StreamKey, params: Parameters): void;
}

/** The stream of a call: the one that is named, or that of the key. Undefined is tensorseed's own. */
export function streamOf(stream: Stream | undefined, seed: unknown): Stream | undefined {
  if (stream === undefined)
    return isObject(seed) ? reading('seed', () => (seed as Partial<StreamKey>).stream) : undefined;
  const isStream =
    isObject(stream) &&
    reading('stream', () => typeof stream.name === 'string' && isObject(stream.distributions));
  if (isStream && typeof stream.keyOf === 'function') return stream;
  throw new ArgumentError(`stream must be one of tensorseed/streams, such as jax, got ${show(stream)}`);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
