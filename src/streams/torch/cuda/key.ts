import { ArgumentError, show } from '../../../core/errors';
import type { Stream, StreamKey } from '../../definition';
import { type Seed, wordsOfData, wordsOfInteger } from '../../key';
import { keyOfPlainData, ofDigits } from '../../key_data';
import { noKeys, seedOf } from '../generator';

/**
 * The seed and the offset of a generator, as the key of a tensor. It does not change.
 *
 * It survives JSON, `structuredClone` and `postMessage` as an object with its words and its offset, which is taken
 * wherever a key of its stream is.
 *
 * @example
 * ```ts
 * import { torchCuda, TorchCudaKey } from 'tensorseed/streams';
 *
 * const key = torchCuda('h100').keyOf(42);
 * console.log(key instanceof TorchCudaKey && key.offset); // 0n
 * ```
 */
export class TorchCudaKey implements StreamKey {
  readonly #stream: Stream;

  /** @internal */
  constructor(
    stream: Stream,
    /** The lower 32 bits of the seed. */
    readonly lo: number,
    /** The upper 32 bits of the seed. */
    readonly hi: number,
    /** How many words of each thread are used up, a multiple of 4: `Generator.get_offset()` of torch. */
    readonly offset: bigint,
    readonly follows: boolean,
  ) {
    this.#stream = stream;
    Object.freeze(this);
  }

  /** The stream of the key. */
  get stream(): Stream {
    return this.#stream;
  }

  /** The seed plus 2^64 times the offset. */
  get value(): bigint {
    return (this.offset << 64n) | (BigInt(this.hi) << 32n) | BigInt(this.lo);
  }

  /**
   * The key as plain data, of which `keyOf` of its stream makes it again. It does not move on.
   *
   * @example
   * ```ts
   * import { torchCuda } from 'tensorseed/streams';
   *
   * console.log(JSON.stringify(torchCuda('h100').keyOf(42))); // {"lo":42,"hi":0,"offset":"0"}
   * ```
   */
  toJSON(): {
    /** The lower 32 bits of the seed. */
    readonly lo: number;
    /** The upper 32 bits of the seed. */
    readonly hi: number;
    /** The offset in decimal digits. */
    readonly offset: string;
  } {
    return { lo: this.lo, hi: this.hi, offset: String(this.offset) };
  }

  /**
   * @throws ArgumentError unless it is the state of a generator that moves on, of which it is itself
   *
   * @example
   * ```ts
   * import { torchCuda } from 'tensorseed/streams';
   *
   * try {
   *   torchCuda('h100').keyOf(0).fold('a');
   * } catch {
   *   console.log('torch has no names'); // torch has no names
   * }
   * ```
   */
  fold(by: string | number | bigint): TorchCudaKey {
    if (this.follows) return this;
    throw noKeys(this.stream, show(by));
  }

  /**
   * @throws ArgumentError always: torch derives no keys
   *
   * @example
   * ```ts
   * import { torchCuda } from 'tensorseed/streams';
   *
   * try {
   *   torchCuda('h100').keyOf(0).split(2);
   * } catch {
   *   console.log('torch has no keys to split'); // torch has no keys to split
   * }
   * ```
   */
  split(count: number): never {
    throw noKeys(this.stream, `a split into ${show(count)}`);
  }
}

/**
 * torch's generator on a CUDA device, Philox4x32-10. As the seed of a tensor it moves on, as with torch.
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { torchCuda } from 'tensorseed/streams';
 *
 * const sampler = await Sampler.create();
 * const generator = torchCuda('a100').manualSeed(0);
 * await sampler.fill('random_normal', [2], { seed: generator });
 * console.log(generator.offset); // 4n
 * sampler.destroy();
 * ```
 */
export class TorchCudaGenerator implements StreamKey {
  readonly #stream: Stream;
  #seed = 67280421310721n; // torch's default_rng_seed_val
  #offset = 0n;

  /** @internal */
  constructor(stream: Stream) {
    this.#stream = stream;
  }

  /** The stream of the generator. */
  get stream(): Stream {
    return this.#stream;
  }

  /**
   * Starts again from a seed: `torch.Generator.manual_seed`.
   * @param seed an integer in [-2^63, 2^64), which beyond 2^53 - 1 must be a BigInt
   * @throws ArgumentError for any other value
   *
   * @example
   * ```ts
   * import { torchCuda } from 'tensorseed/streams';
   *
   * console.log(torchCuda('t4').manualSeed(42).lo); // 42
   * ```
   */
  manualSeed(seed: number | bigint): this {
    const checked = seedOf(seed);
    if (checked === undefined)
      throw new ArgumentError(`seed must be an integer in [-2^63, 2^64), got ${show(seed)}`);
    this.#seed = checked;
    this.#offset = 0n;
    return this;
  }

  /**
   * The seed that it last started from: `torch.Generator.initial_seed`.
   *
   * @example
   * ```ts
   * import { torchCuda } from 'tensorseed/streams';
   *
   * console.log(torchCuda('t4').manualSeed(-1).initialSeed()); // 18446744073709551615n
   * ```
   */
  initialSeed(): bigint {
    return this.#seed;
  }

  /** How many words of each thread are used up: `torch.Generator.get_offset` and `set_offset`. */
  get offset(): bigint {
    return this.#offset;
  }

  /** @throws ArgumentError unless it is a multiple of 4 in [0, 2^64) */
  set offset(value: bigint) {
    if (typeof value !== 'bigint' || value < 0n || value >= 2n ** 64n || value % 4n !== 0n)
      throw new ArgumentError(`offset must be a BigInt in [0, 2^64) that 4 divides, got ${show(value)}`);
    this.#offset = value;
  }

  get value(): bigint {
    return this.#seed;
  }

  get lo(): number {
    return Number(this.#seed & 0xffffffffn);
  }

  get hi(): number {
    return Number(this.#seed >> 32n);
  }

  /**
   * @throws ArgumentError always: torch derives no keys
   *
   * @example
   * ```ts
   * import { torchCuda } from 'tensorseed/streams';
   *
   * try {
   *   torchCuda('t4').manualSeed(0).fold('a');
   * } catch {
   *   console.log('torch derives no keys'); // torch derives no keys
   * }
   * ```
   */
  fold(by: string | number | bigint): never {
    throw noKeys(this.stream, show(by));
  }

  /**
   * @throws ArgumentError always: torch derives no keys
   *
   * @example
   * ```ts
   * import { torchCuda } from 'tensorseed/streams';
   *
   * try {
   *   torchCuda('t4').manualSeed(0).split(2);
   * } catch {
   *   console.log('torch derives no keys'); // torch derives no keys
   * }
   * ```
   */
  split(count: number): never {
    throw noKeys(this.stream, `a split into ${show(count)}`);
  }
}

/** The key of a seed: that of a generator, a key as it is, or that of a new generator of an integer. */
export function cudaKeyOf(stream: Stream, seed: Seed | StreamKey): TorchCudaKey {
  if ((seed instanceof TorchCudaGenerator || seed instanceof TorchCudaKey) && seed.stream !== stream)
    throw new ArgumentError(`seed must be of the stream ${stream.name}, got one of ${seed.stream.name}`);
  if (seed instanceof TorchCudaGenerator)
    return new TorchCudaKey(stream, seed.lo, seed.hi, seed.offset, true);
  if (seed instanceof TorchCudaKey)
    return seed.follows ? new TorchCudaKey(stream, seed.lo, seed.hi, seed.offset, false) : seed;
  const value = seedOf(seed);
  if (value !== undefined)
    return new TorchCudaKey(stream, Number(value & 0xffffffffn), Number(value >> 32n), 0n, false);
  const key = keyOfData(stream, seed);
  if (key !== undefined) return key;
  throw new ArgumentError(
    `seed must be an integer in [-2^63, 2^64) or a generator of ${stream.name}, got ${show(seed)}`,
  );
}

function keyOfData(stream: Stream, seed: unknown): TorchCudaKey | undefined {
  return keyOfPlainData(seed, ({ lo, hi, offset: given }) => {
    const words = wordsOfData({ lo, hi });
    const offset = wordsOfInteger(ofDigits(given));
    if (words === undefined || offset === undefined || offset.lo % 4 !== 0) return undefined;
    const integer = (BigInt(offset.hi) << 32n) | BigInt(offset.lo);
    return new TorchCudaKey(stream, words.lo, words.hi, integer, false);
  });
}
