import { philox4x32 } from './philox';
import { integerIn } from '../core/check';
import { ArgumentError, show } from '../core/errors';
import { isWellFormed } from '../core/unicode';

/**
 * What names a stream of random numbers: an integer in [0, 2^64), or a key that was derived from one.
 *
 * Integers beyond 2^53 - 1 must be BigInts, because a number cannot hold them exactly.
 *
 * @example
 * ```ts
 * import { Key, Sampler, type Seed } from 'tensorseed';
 *
 * const seeds: Seed[] = [42, 42n, Key.from(42)];
 * const sampler = await Sampler.create();
 * const tensors = await Promise.all(seeds.map((seed) => sampler.fill('he_normal', [10], { seed })));
 * const texts = await Promise.all(tensors.map(async (tensor) => String(await tensor.data())));
 * console.log(new Set(texts).size); // 1
 * sampler.destroy();
 * ```
 */
export type Seed = number | bigint | Key;

const TWO_64 = 1n << 64n;

/**
 * The 64-bit key of a stream of random numbers.
 *
 * `Key.from(42).fold('encoder/layer_0/kernel')` is the key of one tensor. It depends on the seed and the
 * path alone, so the values of a tensor stay when other tensors are added, removed or reordered. A key cannot
 * change. One that another copy of this package made is refused: pass its `value`.
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
  /** It also tells a key from an object that has no more than the prototype. */
  readonly #value: bigint;

  private constructor(
    /** The lower 32 bits, as an unsigned integer. */
    readonly lo: number,
    /** The upper 32 bits, as an unsigned integer. */
    readonly hi: number,
  ) {
    if (new.target !== Key) throw new ArgumentError('Key cannot be extended; make keys with Key.from');
    for (const word of [lo, hi]) integerIn('a word of a key', word, 0, 2 ** 32 - 1);
    this.#value = (BigInt(hi) << 32n) | BigInt(lo);
    Object.freeze(this);
  }

  /**
   * Returns the key of a seed. A key is returned as it is.
   * @throws ArgumentError unless `seed` is a Key, or an integer in [0, 2^64), which beyond 2^53 - 1 must be a
   *   BigInt
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
    if (typeof seed === 'number' && Number.isSafeInteger(seed) && seed >= 0 && !Object.is(seed, -0)) {
      return new Key(seed >>> 0, Math.floor(seed / 2 ** 32));
    }
    if (typeof seed === 'bigint' && seed >= 0n && seed < TWO_64) {
      return new Key(Number(seed & 0xffffffffn), Number(seed >> 32n));
    }
    const hint =
      typeof seed === 'number' && seed > Number.MAX_SAFE_INTEGER ? ' (beyond 2^53 - 1 pass a BigInt)' : '';
    throw new ArgumentError(`seed must be an integer in [0, 2^64), got ${show(seed)}${hint}`);
  }

  /** The key as one integer in [0, 2^64). `Key.from(key.value)` is the same key. */
  get value(): bigint {
    return this.#value;
  }

  /**
   * Derives the key of a name from this key.
   *
   * A path is folded segment by segment: `key.fold('a/b')` is `key.fold('a').fold('b')`.
   * @param path segments with slashes between them
   * @throws ArgumentError unless `path` is a string of well-formed Unicode
   *
   * @example
   * ```ts
   * import { Key } from 'tensorseed';
   *
   * const key = Key.from(42);
   * console.log(key.fold('a/b').value === key.fold('a').fold('b').value); // true
   * ```
   */
  fold(path: string): Key {
    if (typeof path !== 'string' || !isWellFormed(path)) {
      throw new ArgumentError(`a name must be a string of well-formed Unicode, got ${show(path)}`);
    }
    // In UTF-8 a slash is always the byte 0x2f.
    const bytes = new TextEncoder().encode(path);
    const block = Uint32Array.of(this.lo, this.hi, 0, 0);
    for (let start = 0; start <= bytes.length;) {
      const slash = bytes.indexOf(0x2f, start);
      const end = slash < 0 ? bytes.length : slash;
      foldSegment(bytes, start, end, block);
      start = end + 1;
    }
    return new Key(block[0], block[1]);
  }
}

/**
 * Folds the UTF-8 bytes [start, end) of a segment, 12 at a time, into the key in the first two words of `block`.
 * The bytes are the first three words of a Philox counter, little endian and padded with zeros. The fourth word
 * is 1 + the number of bytes that are not folded yet; draws keep it 0, so no draw has the same counter. The
 * first two words of the output are the next key.
 */
function foldSegment(bytes: Uint8Array, start: number, end: number, block: Uint32Array): void {
  const word = (at: number): number => {
    let value = 0;
    for (let i = Math.min(at + 4, end) - 1; i >= at; i--) value = (value << 8) | bytes[i];
    return value >>> 0;
  };
  let at = start;
  do {
    philox4x32(word(at), word(at + 4), word(at + 8), 1 + end - at, block[0], block[1], block);
    at += 12;
  } while (at < end);
}
