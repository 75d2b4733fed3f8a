import { integerIn } from '../../core/check';
import { ArgumentError, show } from '../../core/errors';
import { crc32OfName } from '../crc32';
import type { Stream, StreamKey } from '../definition';
import { wordsOfData, wordsOfInteger } from '../key';
import { threefry, threefry2x32 } from '../threefry';

/** The most keys of one split. More come from `fold`. */
const MOST_KEYS = 2 ** 16;

/**
 * A key of JAX's generator threefry2x32. Its data, as `jax.random.key_data` gives them, are `[hi, lo]`.
 *
 * It survives JSON, `structuredClone` and `postMessage` as an object with the words `lo` and `hi`, of which
 * `jax.wrapKeyData` makes the key again.
 *
 * @example
 * ```ts
 * import { jax, type JaxKey } from 'tensorseed/streams';
 *
 * const key: JaxKey = jax.key(42);
 * console.log(JSON.stringify(key)); // {"lo":42,"hi":0}
 * console.log(jax.wrapKeyData(JSON.parse(JSON.stringify(key))).value === key.value); // true
 * ```
 */
export class JaxKey implements StreamKey {
  readonly #stream: Stream;

  /** @internal */
  constructor(
    stream: Stream,
    /** The second word of the key's data. */
    readonly lo: number,
    /** The first word of the key's data. */
    readonly hi: number,
  ) {
    this.#stream = stream;
    Object.freeze(this);
  }

  /** The stream of the key. */
  get stream(): Stream {
    return this.#stream;
  }

  /** @internal */
  get generator(): typeof threefry {
    return threefry;
  }

  /** The key's data as one integer in [0, 2^64). */
  get value(): bigint {
    return (BigInt(this.hi) << 32n) | BigInt(this.lo);
  }

  /**
   * `jax.random.fold_in` of an integer in [0, 2^32). Of a name it is that of `zlib.crc32(name.encode())`.
   * @throws ArgumentError for any other value, as JAX refuses other integers
   *
   * @example
   * ```ts
   * import { jax } from 'tensorseed/streams';
   *
   * console.log(jax.key(0).fold(0).hi); // 1797259609
   * ```
   */
  fold(by: string | number | bigint): JaxKey {
    const words = typeof by === 'string' ? { lo: crc32OfName(by), hi: 0 } : wordsOfInteger(by);
    if (words === undefined || words.hi !== 0)
      throw new ArgumentError(`fold takes a name, or an integer in [0, 2^32), got ${show(by)}`);
    return this.derived(words.lo);
  }

  /**
   * `jax.random.split`.
   * @param count the number of keys, an integer in [0, 65536]
   * @throws ArgumentError for any other number
   *
   * @example
   * ```ts
   * import { jax } from 'tensorseed/streams';
   *
   * const [first, second] = jax.key(0).split(2);
   * console.log(first.hi, second.hi); // 1797259609 928981903
   * ```
   */
  split(count: number): JaxKey[] {
    integerIn('the number of keys of a split', count, 0, MOST_KEYS);
    return Array.from({ length: count }, (_, i) => this.derived(i));
  }

  /** The key whose data are the words of the counter (0, `low`). */
  private derived(low: number): JaxKey {
    const data = new Uint32Array(2);
    threefry2x32(0, low, this.hi, this.lo, data);
    return new JaxKey(this.stream, data[1], data[0]);
  }
}

/**
 * The key of the two words of `jax.random.key_data`, as an array or as what is left of a key in JSON; undefined for
 * any other value.
 */
export function keyOfData(stream: Stream, data: unknown): JaxKey | undefined {
  if (Array.isArray(data) || data instanceof Uint32Array) {
    const [hi, lo] = data as ArrayLike<unknown> & Iterable<unknown>;
    const words = wordsOfData({ lo, hi });
    return words !== undefined && data.length === 2 ? new JaxKey(stream, words.lo, words.hi) : undefined;
  }
  const words = wordsOfData(data);
  return words === undefined ? undefined : new JaxKey(stream, words.lo, words.hi);
}
