import { integerIn } from '../../core/check';
import { ArgumentError, reading, show } from '../../core/errors';
import { crc32OfName } from '../crc32';
import type { Stream, StreamKey } from '../definition';
import { philox4x32 } from '../philox';

/** The key of Philox by which seeds are scrambled. */
const SCRAMBLE = { lo: 0x3ec8f720, hi: 0x02461e29 };

/** The most keys of one split. More come from `fold`. */
const MOST_KEYS = 2 ** 16;

const WORD = 0xffffffffn;

/**
 * The type of the two numbers of a seed of TensorFlow.
 *
 * @example
 * ```ts
 * import { type SeedType, tensorflow } from 'tensorseed/streams';
 *
 * const type: SeedType = 'int64';
 * console.log(tensorflow.seed(1, 2, type).split(1)[0].seed); // [ 7464880146280614444n, 1591045637757961278n ]
 * ```
 */
export type SeedType = 'int32' | 'int64';

/**
 * A seed of TensorFlow's stateless functions: a pair of integers. Philox scrambles them into its key and the upper
 * half of its counters.
 *
 * It survives JSON, `structuredClone` and `postMessage` as an object with the pair and its type, which is taken
 * wherever a key of its stream is.
 *
 * @example
 * ```ts
 * import { tensorflow, type TensorflowKey } from 'tensorseed/streams';
 *
 * const key: TensorflowKey = tensorflow.seed(1, 2);
 * console.log(JSON.stringify(key)); // {"seed":["1","2"],"dtype":"int32"}
 * console.log(tensorflow.keyOf(JSON.parse(JSON.stringify(key))).value === key.value); // true
 * ```
 */
export class TensorflowKey implements StreamKey {
  readonly #stream: Stream;
  readonly #words: Uint32Array;
  /** The two numbers of the seed. */
  readonly seed: readonly [bigint, bigint];

  /** @internal */
  constructor(
    stream: Stream,
    seed: readonly [bigint, bigint],
    /** The type of the seed, which decides what `split` gives. */
    readonly dtype: SeedType = typeOf(seed),
  ) {
    this.#stream = stream;
    this.seed = Object.freeze([seed[0], seed[1]] as const);
    const [a, b] = seed.map((part) => BigInt.asUintN(64, part));
    const [a0, a1, b0, b1] = [a & WORD, a >> 32n, b & WORD, b >> 32n].map(Number);
    this.#words = new Uint32Array(4);
    philox4x32(a0, a1, b0, b1, SCRAMBLE.lo, SCRAMBLE.hi, this.#words);
    Object.freeze(this);
  }

  /** The stream of the key. */
  get stream(): Stream {
    return this.#stream;
  }

  /** The lower word of Philox's key. */
  get lo(): number {
    return this.#words[0];
  }

  /** The upper word of Philox's key. */
  get hi(): number {
    return this.#words[1];
  }

  /** The upper words of Philox's counters. */
  get upper(): readonly [number, number] {
    return [this.#words[2], this.#words[3]];
  }

  /** The seed as one integer: the first number modulo 2^64, and the second one, modulo 2^64, times 2^64. */
  get value(): bigint {
    const [a, b] = this.seed.map((part) => BigInt.asUintN(64, part));
    return (b << 64n) | a;
  }

  /**
   * The key as plain data, of which `keyOf` of its stream makes it again.
   *
   * @example
   * ```ts
   * import { tensorflow } from 'tensorseed/streams';
   *
   * const data: unknown = JSON.parse(JSON.stringify(tensorflow.keyOf(42)));
   * console.log(data); // { seed: [ '42', '0' ], dtype: 'int32' }
   * ```
   */
  toJSON(): {
    /** The two numbers of the seed in decimal digits. */
    readonly seed: readonly string[];
    /** The type of the seed. */
    readonly dtype: SeedType;
  } {
    return { seed: this.seed.map(String), dtype: this.dtype };
  }

  /**
   * `tf.random.fold_in` of an integer in [-2^63, 2^63). Of a name it is that of `zlib.crc32(name.encode())`. As in
   * TensorFlow the seed that it gives is int32 where the integer is in [-2^31, 2^31), and int64 otherwise.
   * @throws ArgumentError for any other value
   *
   * @example
   * ```ts
   * import { tensorflow } from 'tensorseed/streams';
   *
   * console.log(tensorflow.seed(1, 2).fold(3).seed); // [ 1105988140n, 3n ]
   * ```
   */
  fold(by: string | number | bigint): TensorflowKey {
    const data = typeof by === 'string' ? BigInt(crc32OfName(by)) : seedPart('fold takes a name, or', by);
    const dtype = typeOf([data]);
    return new TensorflowKey(this.stream, [this.drawn(0, dtype), data], dtype);
  }

  /**
   * `tf.random.split`. Key i does not depend on how many there are.
   * @param count the number of keys, an integer in [0, 65536]
   * @throws ArgumentError for any other number
   *
   * @example
   * ```ts
   * import { tensorflow } from 'tensorseed/streams';
   *
   * console.log(tensorflow.seed(1, 2).split(2)[1].seed); // [ -335576002n, 370444179n ]
   * ```
   */
  split(count: number): TensorflowKey[] {
    integerIn('the number of keys of a split', count, 0, MOST_KEYS);
    const { dtype } = this;
    return Array.from(
      { length: count },
      (_, i) =>
        new TensorflowKey(this.stream, [this.drawn(2 * i, dtype), this.drawn(2 * i + 1, dtype)], dtype),
    );
  }

  /** Element `i` of the integers of a type that the key draws, over their whole range. */
  private drawn(i: number, dtype: SeedType): bigint {
    const words = new Uint32Array(4);
    const perBlock = dtype === 'int32' ? 4 : 2;
    blockOf(this, Math.floor(i / perBlock), 0, words);
    const lane = i % perBlock;
    if (dtype === 'int32') return BigInt(words[lane] | 0);
    return BigInt.asIntN(64, (BigInt(words[2 * lane + 1]) << 32n) | BigInt(words[2 * lane]));
  }
}

/** The twin of shaders/tensorflow/block.wgsl: the four words of a block, into `out[0..3]`. */
export function blockOf(
  {
    lo,
    hi,
    upper = [0, 0],
  }: { readonly lo: number; readonly hi: number; readonly upper?: readonly [number, number] },
  blockLo: number,
  blockHi: number,
  out: Uint32Array,
): void {
  philox4x32(blockLo, blockHi, upper[0], upper[1], lo, hi, out);
}

/** The type that TensorFlow gives integers of Python. */
function typeOf(integers: readonly bigint[]): SeedType {
  return integers.every((part) => BigInt.asIntN(32, part) === part) ? 'int32' : 'int64';
}

/**
 * An integer that TensorFlow holds in 64 bits with a sign.
 * @param what the beginning of the message: whose the integer is
 * @throws ArgumentError for any other value
 */
export function seedPart(what: string, value: unknown): bigint {
  const integer = integerOf(value);
  if (integer !== undefined && BigInt.asIntN(64, integer) === integer) return integer;
  throw new ArgumentError(
    `${what} an integer in [-2^63, 2^63), which beyond 2^53 - 1 must be a BigInt, got ${show(value)}`,
  );
}

/** An exact integer as a BigInt, or undefined for any other value. */
export function integerOf(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  return typeof value === 'number' && Number.isSafeInteger(value) && !Object.is(value, -0)
    ? BigInt(value)
    : undefined;
}

/** The key that is left as data of JSON or `structuredClone`; undefined for any other value. */
export function keyOfData(stream: Stream, data: unknown): TensorflowKey | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  return reading('seed', () => {
    const { seed, dtype } = data as { readonly seed?: unknown; readonly dtype?: unknown };
    if (!Array.isArray(seed) || seed.length !== 2 || (dtype !== 'int32' && dtype !== 'int64'))
      return undefined;
    const parts = seed.map((part: unknown) =>
      typeof part === 'string' && /^-?\d{1,19}$/.test(part) ? BigInt(part) : integerOf(part),
    );
    const bits = dtype === 'int32' ? 32 : 64;
    const [a, b] = parts;
    if (a === undefined || b === undefined) return undefined;
    return [a, b].every((part) => BigInt.asIntN(bits, part) === part)
      ? new TensorflowKey(stream, [a, b], dtype)
      : undefined;
  });
}
