import { philox4x32 } from './philox';
import { integerIn } from '../core/check';
import { ArgumentError, reading, show } from '../core/errors';
import { isWellFormed } from '../core/unicode';

/**
 * The words of a key, as they are left of a Key that went through JSON, `structuredClone` or `postMessage`.
 *
 * @example
 * ```ts
 * import { Key, type KeyData } from 'tensorseed';
 *
 * const data: KeyData = JSON.parse(JSON.stringify(Key.from(42).fold('encoder')));
 * console.log(Key.from(data).value === Key.from(42).fold('encoder').value); // true
 * ```
 */
export interface KeyData {
  /** The lower 32 bits, as an unsigned integer. */
  readonly lo: number;
  /** The upper 32 bits, as an unsigned integer. */
  readonly hi: number;
}

/**
 * What names a stream of random numbers: an integer in [0, 2^64), or a key that was derived from one, also as
 * data.
 *
 * Integers beyond 2^53 - 1 must be BigInts, because a number cannot hold them exactly.
 *
 * @example
 * ```ts
 * import { Key, Sampler, type Seed } from 'tensorseed';
 *
 * const seeds: Seed[] = [42, 42n, Key.from(42), structuredClone(Key.from(42))];
 * const sampler = await Sampler.create();
 * const tensors = await Promise.all(seeds.map((seed) => sampler.fill('he_normal', [10], { seed })));
 * const texts = await Promise.all(tensors.map(async (tensor) => String(await tensor.data())));
 * console.log(new Set(texts).size); // 1
 * sampler.destroy();
 * ```
 */
export type Seed = number | bigint | Key | KeyData;

const TWO_64 = 1n << 64n;

// The fourth word of the counters that derive keys of integers. The words of names are smaller.
const INTEGER = 0xffffffff;
const SPLIT = 0xfffffffe;

/** The most keys of one split. More come from `fold`. */
const MOST_KEYS = 2 ** 16;

/**
 * The 64-bit key of a stream of random numbers.
 *
 * `Key.from(42).fold('encoder/layer_0/kernel')` is the key of one tensor. It depends on the seed and the
 * path alone, so the values of a tensor stay when other tensors are added, removed or reordered. A key cannot
 * change.
 *
 * A Key survives JSON, `structuredClone` and `postMessage` as an object with the words `lo` and `hi`, which is
 * taken wherever a key is, and from which `Key.from` makes the Key again. A Key of another copy of this package
 * is refused: pass its `value`.
 * @see Salmon et al., 2011, https://doi.org/10.1145/2063384.2063405 (Philox4x32-10)
 *
 * @example
 * ```ts
 * import { Key, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create({ backend: 'cpu' });
 * const key = Key.from(42).fold('encoder').fold('kernel');
 * const byKey = await sampler.fill('random_normal', [4], { seed: key });
 * const byName = await sampler.fill('random_normal', [4], { seed: 42, name: 'encoder/kernel' });
 * console.log(String(await byKey.data()) === String(await byName.data())); // true
 * sampler.destroy();
 * ```
 */
export class Key {
  /** Undefined until it is asked for. It also tells a key from an object that has no more than the prototype. */
  #value: bigint | undefined;

  private constructor(
    /** The lower 32 bits, as an unsigned integer. */
    readonly lo: number,
    /** The upper 32 bits, as an unsigned integer. */
    readonly hi: number,
  ) {
    if (new.target !== Key) throw new ArgumentError('Key cannot be extended; make keys with Key.from');
    for (const word of [lo, hi]) integerIn('a word of a key', word, 0, 2 ** 32 - 1);
    Object.freeze(this);
  }

  /**
   * Returns the key of a seed. A key is returned as it is.
   * @throws ArgumentError unless `seed` is a Key, the words of one alone, or an integer in [0, 2^64), which
   *   beyond 2^53 - 1 must be a BigInt
   *
   * @example
   * ```ts
   * import { Key } from 'tensorseed';
   *
   * console.log(Key.from(2n ** 32n + 7n).hi, Key.from(2n ** 32n + 7n).lo); // 1 7
   * ```
   */
  static from(seed: Seed): Key {
    if (typeof seed === 'object' && seed !== null && #value in seed) return seed;
    const words = wordsOfInteger(seed) ?? wordsOfData(seed);
    if (words !== undefined) return new Key(words.lo, words.hi);
    throw new ArgumentError(`seed must be an integer in [0, 2^64), got ${show(seed)}${hintAbout(seed)}`);
  }

  /**
   * Returns a key of 64 random bits, from `crypto.getRandomValues`.
   *
   * @example
   * ```ts
   * import { Key } from 'tensorseed';
   *
   * const key = Key.random();
   * const seed = key.value; // to write down, so that the run can be repeated
   * console.log(Key.from(seed).value === key.value); // true
   * ```
   */
  static random(): Key {
    const [lo, hi] = crypto.getRandomValues(new Uint32Array(2));
    return new Key(lo, hi);
  }

  /** The key as one integer in [0, 2^64). `Key.from(key.value)` is the same key. */
  get value(): bigint {
    return (this.#value ??= (BigInt(this.hi) << 32n) | BigInt(this.lo));
  }

  /**
   * Derives the key of a name or of an integer from this key, such as that of a layer or of a step.
   *
   * A path is folded segment by segment: `key.fold('a/b')` is `key.fold('a').fold('b')`. An integer is no name:
   * `key.fold(3)` is another key than `key.fold('3')`.
   * @param by segments with slashes between them, or an integer in [0, 2^64), which beyond 2^53 - 1 must be a
   *   BigInt
   * @throws ArgumentError unless `by` is a string of well-formed Unicode, or such an integer
   *
   * @example
   * ```ts
   * import { Key } from 'tensorseed';
   *
   * const key = Key.from(42);
   * console.log(key.fold('a/b').value === key.fold('a').fold('b').value); // true
   * console.log(key.fold(3).value === key.fold(3n).value); // true
   * ```
   */
  fold(by: string | number | bigint): Key {
    if (typeof by !== 'string') {
      const words = wordsOfInteger(by);
      if (words === undefined)
        throw new ArgumentError(
          `fold takes a name, or an integer in [0, 2^64), got ${show(by)}${hintAbout(by)}`,
        );
      return this.derived(words, INTEGER);
    }
    const block = Uint32Array.of(this.lo, this.hi, 0, 0);
    for (const [a, b, c, d] of piecesOfName(by)) philox4x32(a, b, c, d, block[0], block[1], block);
    return new Key(block[0], block[1]);
  }

  /**
   * Derives keys from this key, such as one for each worker. They are others than those of `fold`.
   *
   * Key `i` does not depend on how many there are: the keys of a longer split begin with those of a shorter one.
   * @param count the number of keys, an integer in [0, 65536]; more come from `fold`
   * @throws ArgumentError for any other number
   *
   * @example
   * ```ts
   * import { Key } from 'tensorseed';
   *
   * const [weights, dropout] = Key.from(42).split(2);
   * console.log(weights.value === dropout.value); // false
   * ```
   */
  split(count: number): Key[] {
    integerIn('the number of keys of a split', count, 0, MOST_KEYS);
    return Array.from({ length: count }, (_, i) => this.derived({ lo: i, hi: 0 }, SPLIT));
  }

  private derived({ lo, hi }: KeyData, domain: number): Key {
    const block = new Uint32Array(4);
    philox4x32(lo, hi, 0, domain, this.lo, this.hi, block);
    return new Key(block[0], block[1]);
  }
}

/** @throws ArgumentError unless `value` is a string of well-formed Unicode */
export function checkName(value: unknown): string {
  if (typeof value !== 'string' || !isWellFormed(value))
    throw new ArgumentError(`a name must be a string of well-formed Unicode, got ${show(value)}`);
  return value;
}

/** The words of an integer in [0, 2^64), or undefined for any other value. */
export function wordsOfInteger(value: unknown): KeyData | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0))
    return { lo: value >>> 0, hi: Math.floor(value / 2 ** 32) };
  if (typeof value === 'bigint' && value >= 0n && value < TWO_64)
    return { lo: Number(value & 0xffffffffn), hi: Number(value >> 32n) };
  return undefined;
}

/**
 * The words of a key as data: a plain object, of any realm, with these two properties and no others. No getter
 * is called.
 */
export function wordsOfData(value: unknown): KeyData | undefined {
  if (!isPlain(value)) return undefined;
  return reading('seed', () => {
    if (Reflect.ownKeys(value).length !== 2) return undefined;
    const [lo, hi] = ['lo', 'hi'].map((name): unknown => Object.getOwnPropertyDescriptor(value, name)?.value);
    return isWord(lo) && isWord(hi) ? { lo, hi } : undefined;
  });
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  return reading('seed', () => {
    const prototype: unknown = Object.getPrototypeOf(value);
    return prototype === null || Object.getPrototypeOf(prototype) === null;
  });
}

function isWord(value: unknown): value is number {
  return typeof value === 'number' && value >>> 0 === value && !Object.is(value, -0);
}

/** What is to know about a value that is almost a seed. */
function hintAbout(value: unknown): string {
  if (typeof value === 'number' && value > Number.MAX_SAFE_INTEGER) return ' (beyond 2^53 - 1 pass a BigInt)';
  return isPlain(value) && reading('seed', () => Object.hasOwn(value, 'lo') || Object.hasOwn(value, 'hi'))
    ? ' (a Key as data has the words lo and hi alone, integers in [0, 2^32))'
    : '';
}

/**
 * The pieces by which a path is folded into a key, each a Philox counter. The first two words of the output are
 * the next key.
 *
 * Of each segment these are its UTF-8 bytes, 12 at a time, as three words, little endian and padded with zeros.
 * The fourth word is 1 + the number of bytes that are not folded yet; draws keep it 0, so no draw has the same
 * counter.
 * @throws ArgumentError unless `path` is a string of well-formed Unicode
 */
export function piecesOfName(path: string): (readonly [number, number, number, number])[] {
  const bytes = new TextEncoder().encode(checkName(path));
  const pieces: [number, number, number, number][] = [];
  for (let start = 0; start <= bytes.length;) {
    const slash = bytes.indexOf(0x2f, start); // In UTF-8 a slash is always the byte 0x2f.
    const end = slash < 0 ? bytes.length : slash;
    const word = (at: number): number => {
      let value = 0;
      for (let i = Math.min(at + 4, end) - 1; i >= at; i--) value = (value << 8) | bytes[i];
      return value >>> 0;
    };
    let at = start;
    do {
      pieces.push([word(at), word(at + 4), word(at + 8), 1 + end - at]);
      at += 12;
    } while (at < end);
    start = end + 1;
  }
  return pieces;
}
