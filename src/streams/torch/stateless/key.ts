import { integerIn } from '../../../core/check';
import { ArgumentError, show } from '../../../core/errors';
import { crc32OfName } from '../../crc32';
import type { Stream, StreamKey } from '../../definition';
import { wordsOfData } from '../../key';
import { keyOfPlainData } from '../../key_data';
import { philox4x32 } from '../../philox';

/** The most keys of one split. More come from `fold`. */
const MOST_KEYS = 2 ** 16;

/**
 * A key of `torch.func._random`: a seed and an offset of 64 bits each. The offset counts blocks of four words.
 *
 * It survives JSON, `structuredClone` and `postMessage` as an object with the words of both, which is taken wherever
 * a key of its stream is.
 *
 * @example
 * ```ts
 * import { torchStateless, type TorchStatelessKey } from 'tensorseed/streams';
 *
 * const key: TorchStatelessKey = torchStateless.foldIn(torchStateless.key(42), 1);
 * // torch.func._random.fold_in(torch.func._random.key(42), 1)
 * console.log(key.seed, key.offset); // 6033254488940945703n 8380643633896839790n
 * ```
 */
export class TorchStatelessKey implements StreamKey {
  readonly #stream: Stream;

  /** @internal */
  constructor(
    stream: Stream,
    /** The lower 32 bits of the seed. */
    readonly lo: number,
    /** The upper 32 bits of the seed. */
    readonly hi: number,
    /** The offset, low word first. */
    readonly origin: readonly [lo: number, hi: number],
  ) {
    this.#stream = stream;
    Object.freeze(origin);
    Object.freeze(this);
  }

  /** The stream of the key. */
  get stream(): Stream {
    return this.#stream;
  }

  /** The first number of the key, in [0, 2^64). */
  get seed(): bigint {
    return (BigInt(this.hi) << 32n) | BigInt(this.lo);
  }

  /** The second number of the key, in [0, 2^64). */
  get offset(): bigint {
    return (BigInt(this.origin[1]) << 32n) | BigInt(this.origin[0]);
  }

  /** The seed plus 2^64 times the offset. */
  get value(): bigint {
    return (this.offset << 64n) | this.seed;
  }

  /**
   * The key as plain data, of which `keyOf` of its stream makes it again.
   *
   * @example
   * ```ts
   * import { torchStateless } from 'tensorseed/streams';
   *
   * console.log(JSON.stringify(torchStateless.key(42))); // {"lo":42,"hi":0,"origin":[0,0]}
   * ```
   */
  toJSON(): {
    /** The lower 32 bits of the seed. */
    readonly lo: number;
    /** The upper 32 bits of the seed. */
    readonly hi: number;
    /** The offset, low word first. */
    readonly origin: readonly [lo: number, hi: number];
  } {
    return { lo: this.lo, hi: this.hi, origin: this.origin };
  }

  /**
   * `torch.func._random.fold_in` of an integer in [-2^63, 2^64). Of a name it is that of
   * `zlib.crc32(name.encode())`.
   * @throws ArgumentError for any other value
   *
   * @example
   * ```ts
   * import { torchStateless } from 'tensorseed/streams';
   *
   * const key = torchStateless.key(0);
   * console.log(key.fold(1).value === key.split(2)[1].value); // true
   * ```
   */
  fold(by: string | number | bigint): TorchStatelessKey {
    if (typeof by === 'string') return this.derived(BigInt(crc32OfName(by)));
    if (typeof by === 'bigint' || Number.isSafeInteger(by)) {
      const data = BigInt(by);
      if (data >= -(2n ** 63n) && data < 2n ** 64n) return this.derived(data);
    }
    throw new ArgumentError(`fold takes a name, or an integer in [-2^63, 2^64), got ${show(by)}`);
  }

  /**
   * `torch.func._random.split`.
   * @param count the number of keys, an integer in [0, 65536]
   * @throws ArgumentError for any other number
   *
   * @example
   * ```ts
   * import { torchStateless } from 'tensorseed/streams';
   *
   * console.log(torchStateless.key(0).split(3).length); // 3
   * ```
   */
  split(count: number): TorchStatelessKey[] {
    integerIn('the number of keys of a split', count, 0, MOST_KEYS);
    return Array.from({ length: count }, (_, i) => this.derived(BigInt(i)));
  }

  /** The key that is the block at the offset plus `data`. */
  private derived(data: bigint): TorchStatelessKey {
    const block = BigInt.asUintN(64, this.offset + data);
    const words = new Uint32Array(4);
    philox4x32(Number(block & 0xffffffffn), Number(block >> 32n), 0, 0, this.lo, this.hi, words);
    return new TorchStatelessKey(this.stream, words[0], words[1], [words[2], words[3]]);
  }
}

/** The key of a seed and an offset; undefined where one of them is no integer in [0, 2^64). */
export function keyOfPair(stream: Stream, seed: unknown, offset: unknown): TorchStatelessKey | undefined {
  const [s, o] = [seed, offset].map((value) => {
    if (typeof value !== 'bigint' && !Number.isSafeInteger(value)) return undefined;
    const integer = BigInt(value as number | bigint);
    return integer >= 0n && integer < 2n ** 64n ? integer : undefined;
  });
  if (s === undefined || o === undefined) return undefined;
  const words = (value: bigint): readonly [lo: number, hi: number] => [
    Number(value & 0xffffffffn),
    Number(value >> 32n),
  ];
  return new TorchStatelessKey(stream, ...words(s), words(o));
}

/** The key that is left as data of JSON or `structuredClone`; undefined for any other value. */
export function keyOfData(stream: Stream, data: unknown): TorchStatelessKey | undefined {
  return keyOfPlainData(data, ({ lo, hi, origin }) => {
    if (!Array.isArray(origin) || origin.length !== 2) return undefined;
    const words = wordsOfData({ lo, hi });
    const offset = wordsOfData({ lo: origin[0] as unknown, hi: origin[1] as unknown });
    if (words === undefined || offset === undefined) return undefined;
    return new TorchStatelessKey(stream, words.lo, words.hi, [offset.lo, offset.hi]);
  });
}
