import { ArgumentError, show } from '../../core/errors';
import type { Stream, StreamKey } from '../definition';
import { type Seed, wordsOfInteger } from '../key';
import { keyOfPlainData, ofDigits } from '../key_data';
import { type Mt19937State, mt19937StateOf, seededMt19937 } from '../mt19937';

/** What the values of the next draw depend on. */
export interface GeneratorState {
  readonly mt: Mt19937State;
  /** The second normal of a pair of which only the first was taken, in float64. */
  readonly nextNormal: number | undefined;
}

/**
 * The state of a generator, as the key of a tensor. It does not change.
 *
 * It survives JSON, `structuredClone` and `postMessage` as an object with its seed and its state, which is taken
 * wherever a key of its stream is.
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { torch, TorchKey } from 'tensorseed/streams';
 *
 * const sampler = await Sampler.create();
 * const tensor = await sampler.fill(torch.uniform(), [2], { seed: torch.manualSeed(0) });
 * console.log(tensor.key instanceof TorchKey, tensor.key.value); // true 0n
 * sampler.destroy();
 * ```
 */
export class TorchKey implements StreamKey {
  readonly #stream: Stream;

  /** @internal */
  constructor(
    stream: Stream,
    /** The seed of the generator. */
    readonly value: bigint,
    /** @internal */
    readonly state: GeneratorState,
    /** Whether it is the state of a generator that moves on. */
    readonly follows: boolean,
  ) {
    this.#stream = stream;
    Object.freeze(this);
  }

  /** The stream of the key. */
  get stream(): Stream {
    return this.#stream;
  }

  get lo(): number {
    return Number(this.value & 0xffffffffn);
  }

  get hi(): number {
    return Number(this.value >> 32n);
  }

  /**
   * The key as plain data, of which `keyOf` of its stream makes it again. It does not move on.
   *
   * @example
   * ```ts
   * import { torch } from 'tensorseed/streams';
   *
   * const data = JSON.parse(JSON.stringify(torch.keyOf(42)));
   * console.log(data.value, data.state.mt.words.length, torch.keyOf(data).value); // 42 624 42n
   * ```
   */
  toJSON(): {
    /** The seed in decimal digits. */
    readonly value: string;
    /** The state of the generator. */
    readonly state: {
      /** That of MT19937. */
      readonly mt: {
        /** Its 624 words. */
        readonly words: readonly number[];
        /** How many of them are used up. */
        readonly used: number;
      };
      /** The second normal of a pair of which only the first was taken. */
      readonly nextNormal: number | null;
    };
  } {
    const { mt, nextNormal = null } = this.state;
    return {
      value: String(this.value),
      state: { mt: { words: [...mt.words], used: mt.used }, nextNormal },
    };
  }

  /**
   * @throws ArgumentError unless it is the state of a generator that moves on, of which it is itself
   *
   * @example
   * ```ts
   * import { torch } from 'tensorseed/streams';
   *
   * const key = torch.manualSeed(0).getState();
   * try {
   *   key.fold('a');
   * } catch {
   *   console.log('torch has no names'); // torch has no names
   * }
   * ```
   */
  fold(by: string | number | bigint): TorchKey {
    if (this.follows) return this;
    throw noKeys(this.stream, show(by));
  }

  /**
   * @throws ArgumentError always
   *
   * @example
   * ```ts
   * import { torch } from 'tensorseed/streams';
   *
   * try {
   *   torch.keyOf(0).split(2);
   * } catch {
   *   console.log('torch has no keys to split'); // torch has no keys to split
   * }
   * ```
   */
  split(count: number): never {
    throw noKeys(this.stream, `a split into ${show(count)}`);
  }
}

export function noKeys({ name, manualSeed }: Stream, got: string): ArgumentError {
  const advice =
    manualSeed === undefined
      ? "each tensor's initializer needs a seed of its own"
      : 'give a Generator as the seed, from which the tensors follow one another';
  return new ArgumentError(
    `the stream ${name} derives no keys from names or integers: ${advice}, got ${got}`,
  );
}

/** The state of a new generator of a seed. */
export function seededState(seed: bigint): GeneratorState {
  return { mt: seededMt19937(Number(seed & 0xffffffffn)), nextNormal: undefined };
}

/**
 * torch's generator on the CPU, MT19937. As the seed of a tensor it moves on: the next tensor has the values that
 * follow, as with torch.
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { torch } from 'tensorseed/streams';
 *
 * const sampler = await Sampler.create();
 * const generator = new torch.Generator().manualSeed(0);
 * const uniform = torch.uniform();
 * const first = await sampler.fill(uniform, [2], { seed: generator });
 * const second = await sampler.fill(uniform, [1], { seed: generator });
 * console.log(await first.data(), await second.data()); // Float32Array(2) [ 0.49625658988952637, 0.7682217955589294 ] Float32Array(1) [ 0.08847743272781372 ]
 * sampler.destroy();
 * ```
 */
export abstract class TorchGenerator implements StreamKey {
  abstract readonly stream: Stream;
  private seed = 67280421310721n; // torch's default_rng_seed_val
  private current: GeneratorState | undefined;

  /**
   * Starts again from a seed: `torch.Generator.manual_seed`.
   * @param seed an integer in [-2^63, 2^64), which beyond 2^53 - 1 must be a BigInt; MT19937 takes its lower 32 bits
   * @throws ArgumentError for any other value
   *
   * @example
   * ```ts
   * import { torch } from 'tensorseed/streams';
   *
   * const generator = new torch.Generator().manualSeed(42);
   * console.log(generator.initialSeed()); // 42n
   * ```
   */
  manualSeed(seed: number | bigint): this {
    const checked = seedOf(seed);
    if (checked === undefined)
      throw new ArgumentError(`seed must be an integer in [-2^63, 2^64), got ${show(seed)}`);
    this.seed = checked;
    this.current = undefined;
    return this;
  }

  /**
   * The seed that it last started from: `torch.Generator.initial_seed`.
   *
   * @example
   * ```ts
   * import { torch } from 'tensorseed/streams';
   *
   * console.log(torch.manualSeed(-1).initialSeed()); // 18446744073709551615n
   * ```
   */
  initialSeed(): bigint {
    return this.seed;
  }

  /**
   * The state, as a key. A tensor of this key has the values that the generator gives next.
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   * import { torch } from 'tensorseed/streams';
   *
   * const sampler = await Sampler.create();
   * const generator = torch.manualSeed(0);
   * const state = generator.getState();
   * const next = await sampler.fill(torch.normal(), [3], { seed: generator });
   * const again = await sampler.fill(torch.normal(), [3], { seed: state });
   * console.log(String(await next.data()) === String(await again.data())); // true
   * sampler.destroy();
   * ```
   */
  getState(): TorchKey {
    return new TorchKey(this.stream, this.seed, this.state, false);
  }

  /**
   * Goes back to a state.
   * @throws ArgumentError unless it is one of `getState`, or the key of a tensor of this stream
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   * import { torch } from 'tensorseed/streams';
   *
   * const sampler = await Sampler.create();
   * const generator = torch.manualSeed(0);
   * const first = await sampler.fill(torch.normal(), [3], { seed: generator });
   * generator.setState(first.key);
   * const again = await sampler.fill(torch.normal(), [3], { seed: generator });
   * console.log(String(await first.data()) === String(await again.data())); // true
   * sampler.destroy();
   * ```
   */
  setState(key: StreamKey): this {
    if (!(key instanceof TorchKey))
      throw new ArgumentError(`a state must be one of getState, got ${show(key)}`);
    this.seed = key.value;
    this.current = key.state;
    return this;
  }

  /** @internal */
  get state(): GeneratorState {
    return (this.current ??= seededState(this.seed));
  }

  /** @internal */
  moveTo(state: GeneratorState): void {
    this.current = state;
  }

  get value(): bigint {
    return this.seed;
  }

  get lo(): number {
    return Number(this.seed & 0xffffffffn);
  }

  get hi(): number {
    return Number(this.seed >> 32n);
  }

  /**
   * @throws ArgumentError always: torch derives no keys
   *
   * @example
   * ```ts
   * import { torch } from 'tensorseed/streams';
   *
   * try {
   *   torch.manualSeed(0).fold('a');
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
   * import { torch } from 'tensorseed/streams';
   *
   * try {
   *   torch.manualSeed(0).split(2);
   * } catch {
   *   console.log('torch derives no keys'); // torch derives no keys
   * }
   * ```
   */
  split(count: number): never {
    throw noKeys(this.stream, `a split into ${show(count)}`);
  }
}

/** The seed as torch keeps it: 2^64 is added to a negative one. Undefined for what is no such integer. */
export function seedOf(value: unknown): bigint | undefined {
  if (typeof value !== 'bigint' && !Number.isSafeInteger(value)) return undefined;
  const seed = BigInt(value as number | bigint);
  return seed >= -(2n ** 63n) && seed < 2n ** 64n ? BigInt.asUintN(64, seed) : undefined;
}

/** The key of a seed: a state as it is, that of a generator, or that of a new generator of an integer. */
export function torchKeyOf(stream: Stream, seed: Seed | StreamKey): TorchKey {
  if ((seed instanceof TorchGenerator || seed instanceof TorchKey) && seed.stream !== stream)
    throw new ArgumentError(`seed must be of the stream ${stream.name}, got one of ${seed.stream.name}`);
  if (seed instanceof TorchGenerator) return new TorchKey(stream, seed.value, seed.state, true);
  if (seed instanceof TorchKey)
    return seed.follows ? new TorchKey(stream, seed.value, seed.state, false) : seed;
  const value = seedOf(seed);
  if (value !== undefined) return new TorchKey(stream, value, seededState(value), false);
  const key = keyOfData(stream, seed);
  if (key !== undefined) return key;
  const others = stream.manualSeed === undefined ? 'a key' : 'a Generator';
  throw new ArgumentError(
    `seed must be an integer in [-2^63, 2^64) or ${others} of ${stream.name}, got ${show(seed)}`,
  );
}

function keyOfData(stream: Stream, seed: unknown): TorchKey | undefined {
  return keyOfPlainData(seed, ({ value, state }) => {
    const words = wordsOfInteger(ofDigits(value));
    if (words === undefined || typeof state !== 'object' || state === null) return undefined;
    const { mt, nextNormal } = state as Partial<Record<keyof GeneratorState, unknown>>;
    const generator = mt19937StateOf(mt);
    const normal = nextNormal === null ? undefined : nextNormal;
    if (generator === undefined || (normal !== undefined && !Number.isFinite(normal))) return undefined;
    const integer = (BigInt(words.hi) << 32n) | BigInt(words.lo);
    return new TorchKey(stream, integer, { mt: generator, nextNormal: normal as number | undefined }, false);
  });
}
