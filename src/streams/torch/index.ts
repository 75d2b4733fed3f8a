import type { ForeignInitializer, Stream, StreamKey } from '../definition';
import type { Seed } from '../key';
import { bernoulli } from './bernoulli';
import { bits } from './bits';
import { advance } from './drawing';
import { TorchGenerator, TorchKey, torchKeyOf } from './generator';
import * as initializers from './initializers';
import type {
  GainOptions,
  KaimingOptions,
  Nonlinearity,
  NormalOptions,
  TruncNormalOptions,
  UniformOptions,
} from './initializers';
import { normal } from './normal';
import { orthogonal } from './orthogonal';
import { randint } from './randint';
import { randperm } from './randperm';
import { trunc_normal, truncated_normal } from './trunc_normal';
import { uniform } from './uniform';

export { TorchGenerator, TorchKey };
export type { GainOptions, KaimingOptions, Nonlinearity, NormalOptions, TruncNormalOptions, UniformOptions };

const DISTRIBUTIONS: Stream['distributions'] = {
  bits,
  uniform,
  normal,
  truncated_normal,
  orthogonal,
};

const OWN: Stream['own'] = { trunc_normal, randint, bernoulli, randperm };

class Generator extends TorchGenerator {
  get stream(): Stream {
    return torch;
  }
}

/**
 * The stream of torch on the CPU: its generators, and the initializers of `torch`, `torch.Tensor` and `torch.nn.init`.
 *
 * @example
 * ```ts
 * import { torch, type Torch } from 'tensorseed/streams';
 *
 * const stream: Torch = torch;
 * console.log(stream.name); // torch
 * ```
 */
export interface Torch extends Stream {
  /**
   * The key of a seed as `manualSeed` has it, that of a generator of torch, or a key of torch as it is.
   * @throws ArgumentError for any other value
   *
   * @example
   * ```ts
   * import { torch } from 'tensorseed/streams';
   *
   * console.log(torch.keyOf(42).value); // 42n
   * ```
   */
  keyOf(seed: Seed | StreamKey): TorchKey;

  /**
   * `torch.Generator`.
   *
   * @example
   * ```ts
   * import { torch } from 'tensorseed/streams';
   *
   * console.log(new torch.Generator().initialSeed()); // 67280421310721n
   * ```
   */
  readonly Generator: {
    /** A generator of torch's default seed. */
    new (): TorchGenerator;
  };

  /**
   * A generator of a seed: `torch.manual_seed`, but without a generator that all share.
   * @param seed an integer in [-2^63, 2^64), which beyond 2^53 - 1 must be a BigInt; MT19937 takes its lower 32 bits
   * @throws ArgumentError for any other value
   *
   * @example
   * ```ts
   * import { torch } from 'tensorseed/streams';
   *
   * console.log(torch.manualSeed(0).initialSeed()); // 0n
   * ```
   */
  manualSeed(seed: number | bigint): TorchGenerator;

  /**
   * `torch.nn.init.calculate_gain`.
   * @param param the negative slope of leaky_relu. Default 0.01
   * @throws ArgumentError where there is no such nonlinearity, or the slope is not finite
   *
   * @example
   * ```ts
   * import { torch } from 'tensorseed/streams';
   *
   * console.log(torch.calculateGain('tanh')); // 1.6666666666666667
   * ```
   */
  calculateGain(nonlinearity: Nonlinearity, param?: number): number;

  /**
   * `torch.nn.init.kaiming_uniform_`. `kaimingUniform({ a: Math.sqrt(5) })` is what `nn.Linear` and the convolutions
   * begin with.
   * @throws ArgumentError where an option cannot be right; at a fill, where the shape has fewer than two axes
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   * import { torch } from 'tensorseed/streams';
   *
   * const sampler = await Sampler.create();
   * const generator = torch.manualSeed(0);
   * const weight = await sampler.fill(torch.kaimingUniform({ a: Math.sqrt(5) }), [4, 3], { seed: generator });
   * console.log((await weight.float32()).slice(0, 2)); // Float32Array(2) [ -0.004322517663240433, 0.3097158372402191 ]
   * sampler.destroy();
   * ```
   */
  kaimingUniform(options?: KaimingOptions): ForeignInitializer;

  /**
   * `torch.nn.init.kaiming_normal_`.
   * @throws ArgumentError as `kaimingUniform`
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   * import { torch } from 'tensorseed/streams';
   *
   * const sampler = await Sampler.create();
   * const tensor = await sampler.fill(torch.kaimingNormal({ nonlinearity: 'relu' }), [64, 3, 7, 7], { seed: torch.manualSeed(0) });
   * console.log(tensor.byteLength); // 37632
   * sampler.destroy();
   * ```
   */
  kaimingNormal(options?: KaimingOptions): ForeignInitializer;

  /**
   * `torch.nn.init.xavier_uniform_`.
   * @throws ArgumentError where the gain is negative or not finite; at a fill, where the shape has fewer than two axes
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   * import { torch } from 'tensorseed/streams';
   *
   * const sampler = await Sampler.create();
   * const tensor = await sampler.fill(torch.xavierUniform(), [4, 3], { seed: torch.manualSeed(0) });
   * console.log(tensor.byteLength); // 48
   * sampler.destroy();
   * ```
   */
  xavierUniform(options?: GainOptions): ForeignInitializer;

  /**
   * `torch.nn.init.xavier_normal_`.
   * @throws ArgumentError as `xavierUniform`
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   * import { torch } from 'tensorseed/streams';
   *
   * const sampler = await Sampler.create();
   * const tensor = await sampler.fill(torch.xavierNormal(), [4, 3], { seed: torch.manualSeed(0) });
   * console.log(tensor.byteLength); // 48
   * sampler.destroy();
   * ```
   */
  xavierNormal(options?: GainOptions): ForeignInitializer;

  /**
   * `torch.nn.init.orthogonal_`: its matrix has the first axis as rows. It is the same within the bound of
   * orthogonal matrices, not bit for bit.
   * @throws ArgumentError where the gain is not finite; at a fill, where the shape has fewer than two axes
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   * import { torch } from 'tensorseed/streams';
   *
   * const sampler = await Sampler.create();
   * const tensor = await sampler.fill(torch.orthogonal(), [4, 3], { seed: torch.manualSeed(0) });
   * console.log(tensor.byteLength); // 48
   * sampler.destroy();
   * ```
   */
  orthogonal(options?: GainOptions): ForeignInitializer;

  /**
   * `torch.nn.init.uniform_`, and with no options `torch.rand`.
   * @throws ArgumentError where an end is not finite, or b is below a
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   * import { torch } from 'tensorseed/streams';
   *
   * const sampler = await Sampler.create();
   * const tensor = await sampler.fill(torch.uniform({ a: -1, b: 1 }), [4, 3], { seed: torch.manualSeed(0) });
   * console.log(tensor.byteLength); // 48
   * sampler.destroy();
   * ```
   */
  uniform(options?: UniformOptions): ForeignInitializer;

  /**
   * `torch.nn.init.normal_`, and with no options `torch.randn`.
   * @throws ArgumentError where a number is not finite, or std is negative
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   * import { torch } from 'tensorseed/streams';
   *
   * const sampler = await Sampler.create();
   * const tensor = await sampler.fill(torch.normal(), [1, 4, 64, 64], { seed: torch.manualSeed(0) });
   * console.log(tensor.byteLength); // 65536
   * sampler.destroy();
   * ```
   */
  normal(options?: NormalOptions): ForeignInitializer;

  /**
   * `torch.nn.init.trunc_normal_`: a normal between a and b, which are values and not standard deviations.
   * @throws ArgumentError where an option cannot be right; at a fill, where a window is so far from the mean that
   *   torch would try very many numbers
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   * import { torch } from 'tensorseed/streams';
   *
   * const sampler = await Sampler.create();
   * const tensor = await sampler.fill(torch.truncNormal({ std: 0.02 }), [50, 3], { seed: torch.manualSeed(0) });
   * console.log(tensor.byteLength); // 600
   * sampler.destroy();
   * ```
   */
  truncNormal(options?: TruncNormalOptions): ForeignInitializer;

  /**
   * `torch.randint(low, high)`: integers, in int32 by default.
   * @param low the least, an integer
   * @param high one more than the largest, an integer > low
   * @throws ArgumentError unless both are integers; at a fill, where the dtype cannot hold them
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   * import { torch } from 'tensorseed/streams';
   *
   * const sampler = await Sampler.create();
   * const tensor = await sampler.fill(torch.randint(5, 17), [4], { seed: torch.manualSeed(0) });
   * console.log(await tensor.data()); // Int32Array(4) [ 13, 8, 10, 5 ]
   * sampler.destroy();
   * ```
   */
  randint(low: number, high: number): ForeignInitializer;

  /**
   * `torch.Tensor.bernoulli_(p)`: 1 with probability p, else 0.
   * @param p a number in [0, 1]. Default 0.5
   * @throws ArgumentError for any other number
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   * import { torch } from 'tensorseed/streams';
   *
   * const sampler = await Sampler.create();
   * const tensor = await sampler.fill(torch.bernoulli(0.1), [100], { seed: torch.manualSeed(0) });
   * console.log(tensor.byteLength); // 400
   * sampler.destroy();
   * ```
   */
  bernoulli(p?: number): ForeignInitializer;

  /**
   * `torch.randperm(n)`, in a tensor of n elements: 0 to n - 1 in random order, in int32 by default.
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   * import { torch } from 'tensorseed/streams';
   *
   * const sampler = await Sampler.create();
   * const tensor = await sampler.fill(torch.randperm(), [4], { seed: torch.manualSeed(0) });
   * console.log(await tensor.data()); // Int32Array(4) [ 0, 1, 3, 2 ]
   * sampler.destroy();
   * ```
   */
  randperm(): ForeignInitializer;

  /** Makes the initializers that only torch has, by their names on the command line. */
  readonly initializers: NonNullable<Stream['initializers']>;
}

/**
 * torch's generator on the CPU, MT19937, with the draws of `torch`, `torch.Tensor` and `torch.nn.init`.
 * docs/streams/torch.md says which values are the same bit for bit.
 *
 * A generator that is given as the seed moves on from tensor to tensor, as torch's does. An integer is a new
 * generator of that seed.
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { torch } from 'tensorseed/streams';
 *
 * const sampler = await Sampler.create();
 * const latents = await sampler.fill(torch.normal(), [1, 4, 64, 64], { seed: torch.manualSeed(0) });
 * console.log((await latents.float32()).slice(0, 2)); // Float32Array(2) [ -1.1258398294448853, -1.152360200881958 ]
 * sampler.destroy();
 * ```
 */
export const torch: Torch = {
  name: 'torch',
  keyOf: (seed: Seed | StreamKey): TorchKey => torchKeyOf(torch, seed),
  advance,
  distributions: DISTRIBUTIONS,
  own: OWN,
  Generator,
  manualSeed: (seed: number | bigint): TorchGenerator => new Generator().manualSeed(seed),
  calculateGain: initializers.calculateGain,
  kaimingUniform: initializers.kaimingUniform,
  kaimingNormal: initializers.kaimingNormal,
  xavierUniform: initializers.xavierUniform,
  xavierNormal: initializers.xavierNormal,
  orthogonal: initializers.orthogonal,
  uniform: initializers.uniform,
  normal: initializers.normal,
  truncNormal: initializers.truncNormal,
  randint: initializers.randint,
  bernoulli: initializers.bernoulli,
  randperm: initializers.randperm,
  initializers: initializers.INITIALIZERS,
};
