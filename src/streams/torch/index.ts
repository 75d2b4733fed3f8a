import type { Stream, StreamKey } from '../definition';
import type { Seed } from '../key';
import { bits } from './bits';
import { advance } from './drawing';
import { TorchGenerator, torchKeyOf } from './generator';
import { normal } from './normal';
import { uniform } from './uniform';

class Generator extends TorchGenerator {
  get stream(): Stream {
    return torch;
  }
}

/** torch's generator on the CPU, MT19937, as `torch.manual_seed` and `torch.Generator` have it. */
export const torch = {
  name: 'torch',
  keyOf: (seed: Seed | StreamKey) => torchKeyOf(torch, seed),
  distributions: { bits, uniform, normal },
  advance,
  Generator,
  /** A generator of a seed: `torch.manual_seed`. */
  manualSeed: (seed: number | bigint): Generator => new Generator().manualSeed(seed),
};
