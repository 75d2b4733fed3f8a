import { bernoulli } from './bernoulli';
import { fillStft } from './stft';
import { byBlocks, type SamplingTwins } from './fill';

/** The twins of the kernels in backends/gpu/pipelines/sampling.ts. They are loaded when one is first used. */
export const SAMPLING_TWINS: SamplingTwins = {
  bernoulli: byBlocks(bernoulli),
  stft: (params, _key, dtype, start, out) => fillStft(params, dtype, start, out),
};
