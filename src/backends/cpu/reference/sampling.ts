import { bernoulli } from './bernoulli';
import { exponential } from './exponential';
import { laplace } from './laplace';
import { logistic } from './logistic';
import { gumbel } from './gumbel';
import { lognormal } from './lognormal';
import { byBlocks, type SamplingTwins } from './twins';

/** The twins of the kernels in backends/gpu/pipelines/sampling.ts. They are loaded when one is first used. */
export const SAMPLING_TWINS: SamplingTwins = {
  bernoulli: byBlocks(bernoulli),
  exponential: byBlocks(exponential),
  laplace: byBlocks(laplace),
  logistic: byBlocks(logistic),
  gumbel: byBlocks(gumbel),
  lognormal: byBlocks(lognormal),
};
