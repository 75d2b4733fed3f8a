import { integerIn } from '../../core/check';
import { ArgumentError, reading, show } from '../../core/errors';
import { crc32OfName } from '../crc32';
import type { Stream, StreamKey } from '../definition';
import { wordsOfInteger } from '../key';
import { type Pcg64State, seededPcg64 } from './pcg64';
import { seedWords } from './seed_sequence';

/** The most keys of one split. More come from `fold`. */
const MOST_KEYS = 2 ** 16;

/** The words of an integer in [0, 2^64), the upper one only where it is not 0. */
function wordsOf(integer: bigint): number[] {
  const lo = Number(integer & 0xffffffffn);
  const hi = Number(integer >> 32n);
  return hi === 0 ? [lo] : [lo, hi];
}

/**
 * A SeedSequence of NumPy, from which a new `np.random.default_rng` is made for each tensor.
 *
 * It survives JSON, `structuredClone` and `postMessage` as an object with its entropy and its spawn key, which is
 * taken wherever a key of its stream is.
 *
 * @example
 * ```ts
 * import { numpy, type NumpyKey } from 'tensorseed/streams';
 *
 * const key: NumpyKey = numpy.seedSequence(42, [3]); // np.random.SeedSequence(42, spawn_key=(3,))
 * console.log(JSON.stringify(key)); // {"entropy":"42","spawnKey":["3"]}
 * ```
 */
export class NumpyKey implements StreamKey {
  readonly #stream: Stream;
  readonly #start: Pcg64State;
  /** The integers that lead to it from the seed. */
  readonly spawnKey: readonly bigint[];

  /** @internal */
  constructor(
    stream: Stream,
    /** The seed. */
    readonly entropy: bigint,
    spawnKey: readonly bigint[],
  ) {
    this.#stream = stream;
    this.spawnKey = Object.freeze([...spawnKey]);
    this.#start = seededPcg64(seedWords(wordsOf(entropy), spawnKey.flatMap(wordsOf), 8));
    Object.freeze(this);
  }

  /** The stream of the key. */
  get stream(): Stream {
    return this.#stream;
  }

  /** The state of PCG64 before the first draw. @internal */
  get start(): Pcg64State {
    return this.#start;
  }

  /** The lower word of the state of PCG64. */
  get lo(): number {
    return Number(this.#start.state & 0xffffffffn);
  }

  /** The second word of the state of PCG64. */
  get hi(): number {
    return Number((this.#start.state >> 32n) & 0xffffffffn);
  }

  /** The seed. */
  get value(): bigint {
    return this.entropy;
  }

  /**
   * The key as plain data, of which `keyOf` of its stream makes it again.
   *
   * @example
   * ```ts
   * import { numpy } from 'tensorseed/streams';
   *
   * const data: unknown = JSON.parse(JSON.stringify(numpy.keyOf(42).fold(3)));
   * console.log(data); // { entropy: '42', spawnKey: [ '3' ] }
   * ```
   */
  toJSON(): {
    /** The seed in decimal digits. */
    readonly entropy: string;
    /** The integers that lead to it from the seed, in decimal digits. */
    readonly spawnKey: readonly string[];
  } {
    return { entropy: String(this.entropy), spawnKey: this.spawnKey.map(String) };
  }

  /**
   * The SeedSequence with an integer in [0, 2^64) behind its spawn key. For a name it is `zlib.crc32(name.encode())`.
   * @throws ArgumentError for any other value
   *
   * @example
   * ```ts
   * import { numpy } from 'tensorseed/streams';
   *
   * console.log(numpy.keyOf(42).fold(3).spawnKey); // [ 3n ]
   * ```
   */
  fold(by: string | number | bigint): NumpyKey {
    const integer = typeof by === 'string' ? BigInt(crc32OfName(by)) : unsigned(by);
    if (integer === undefined)
      throw new ArgumentError(`fold takes a name, or an integer in [0, 2^64), got ${show(by)}`);
    return new NumpyKey(this.stream, this.entropy, [...this.spawnKey, integer]);
  }

  /**
   * `SeedSequence.spawn` of a new SeedSequence: key i has i behind its spawn key.
   * @param count the number of keys, an integer in [0, 65536]
   * @throws ArgumentError for any other number
   *
   * @example
   * ```ts
   * import { numpy } from 'tensorseed/streams';
   *
   * const [, second] = numpy.keyOf(42).split(2);
   * console.log(second.spawnKey); // [ 1n ]
   * ```
   */
  split(count: number): NumpyKey[] {
    integerIn('the number of keys of a split', count, 0, MOST_KEYS);
    return Array.from({ length: count }, (_, i) => this.fold(i));
  }
}

/** An integer in [0, 2^64) as a BigInt, or undefined for any other value. */
export function unsigned(value: unknown): bigint | undefined {
  const words = wordsOfInteger(value);
  return words === undefined ? undefined : (BigInt(words.hi) << 32n) | BigInt(words.lo);
}

/** The key that is left as data of JSON or `structuredClone`; undefined for any other value. */
export function keyOfData(stream: Stream, data: unknown): NumpyKey | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  return reading('seed', () => {
    const { entropy, spawnKey } = data as { readonly entropy?: unknown; readonly spawnKey?: unknown };
    if (!Array.isArray(spawnKey)) return undefined;
    const [seed, ...spawned] = [entropy, ...(spawnKey as unknown[])].map((part) =>
      unsigned(typeof part === 'string' && /^\d{1,20}$/.test(part) ? BigInt(part) : part),
    );
    return seed === undefined || spawned.includes(undefined)
      ? undefined
      : new NumpyKey(stream, seed, spawned as bigint[]);
  });
}
