import { bernoulli } from './bernoulli';
import { sparse } from './sparse';
import { fillStft } from './stft';
import { byBlocks, type SamplingTwins } from './fill';

/** The twins of the kernels in backends/gpu/pipelines/sampling.ts. They are loaded when one is first used. */
export const SAMPLING_TWINS: SamplingTwins = {
  bernoulli: byBlocks(bernoulli),
  sparse: byBlocks(sparse),
  stft: (params, _key, dtype, start, out) => fillStft(params, dtype, start, out),
};
