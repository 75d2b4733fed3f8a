import type { Stream, StreamKey } from '../definition';
import type { Seed } from '../key';
import { bernoulli } from './bernoulli';
import { bits } from './bits';
import { advance } from './drawing';
import { TorchGenerator, TorchKey, torchKeyOf } from './generator';
import * as initializers from './initializers';
import { normal } from './normal';
import { orthogonal } from './orthogonal';
import { randint } from './randint';
import { randperm } from './randperm';
import { trunc_normal, truncated_normal } from './trunc_normal';
import { uniform } from './uniform';

export { TorchGenerator, TorchKey };
export type {
  GainOptions,
  KaimingOptions,
  Nonlinearity,
  NormalOptions,
  TruncNormalOptions,
  UniformOptions,
} from './initializers';

const { INITIALIZERS, ...factories } = initializers;

const DISTRIBUTIONS: Stream['distributions'] = {
  bits,
  uniform,
  normal,
  truncated_normal,
  orthogonal,
  trunc_normal,
  randint,
  bernoulli,
  randperm,
};

class Generator extends TorchGenerator {
  get stream(): Stream {
    return torch;
  }
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
export const torch = {
  name: 'torch',
  keyOf: (seed: Seed | StreamKey): TorchKey => torchKeyOf(torch, seed),
  /** @internal */
  advance,
  /** @internal */
  distributions: DISTRIBUTIONS,
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
  Generator,
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
  manualSeed: (seed: number | bigint): TorchGenerator => new Generator().manualSeed(seed),
  ...factories,
  initializers: INITIALIZERS,
};
