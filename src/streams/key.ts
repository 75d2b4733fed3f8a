import { philox4x32 } from './philox';
import { ArgumentError, show } from '../core/errors';
import { isWellFormed } from '../core/unicode';

/** What names a stream: an integer in [0, 2^64), or a key derived from one. */
export type Seed = number | bigint | Key;

const TWO_64 = 1n << 64n;

/**
 * The 64-bit key of a Philox stream. `Key.from(42).fold('encoder/layer_0/kernel')` is the
 * stream of that tensor: it depends on the seed and the path alone, so adding, removing or
 * reordering tensors changes no other.
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
  private constructor(
    readonly lo: number,
    readonly hi: number,
  ) {}

  /** @throws ArgumentError unless `seed` is a Key, or an integer in [0, 2^64); numbers beyond 2^53 - 1 must be BigInts */
  static from(seed: Seed): Key {
    if (seed instanceof Key) return seed;
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

  /** The key as one integer: `Key.from(key.value)` is the same key. */
  get value(): bigint {
    return (BigInt(this.hi) << 32n) | BigInt(this.lo);
  }

  /**
   * The key of a name below this one. A path is folded segment by segment:
   * `key.fold('a/b')` is `key.fold('a').fold('b')`.
   */
  fold(path: string): Key {
    if (typeof path !== 'string' || !isWellFormed(path)) {
      throw new ArgumentError(`a name must be a string of well-formed Unicode, got ${show(path)}`);
    }
    let key: Key = this;
    for (const segment of path.split('/')) key = key.foldSegment(segment);
    return key;
  }

  /**
   * The segment's UTF-8 bytes run through Philox as a chain: 12 bytes at a time are the first
   * three counter words, little endian, padded with zeros; the fourth is 1 + the number of bytes
   * not yet folded, which draws leave 0; the first two output words are the next key.
   */
  private foldSegment(segment: string): Key {
    const bytes = new TextEncoder().encode(segment);
    const block = new Uint32Array(4);
    const chunk = new DataView(new ArrayBuffer(12));
    let key: Key = this;
    let done = 0;
    do {
      for (let i = 0; i < 12; i++) chunk.setUint8(i, bytes[done + i] ?? 0);
      const c = [0, 4, 8].map((at) => chunk.getUint32(at, true));
      philox4x32(c[0], c[1], c[2], 1 + bytes.length - done, key.lo, key.hi, block);
      key = new Key(block[0], block[1]);
      done += 12;
    } while (done < bytes.length);
    return key;
  }
}
