import { bernoulli } from './bernoulli';
import { bernoulliPacked } from './bernoulli_packed';
import { permutation } from './permutation';
import { poisson } from './poisson';
import { randint } from './randint';
import { sparse } from './sparse';
import { fillCopied } from './copied';
import { exponential } from './exponential';
import { laplace } from './laplace';
import { logistic } from './logistic';
import { gamma } from './gamma';
import { gumbel } from './gumbel';
import { lognormal } from './lognormal';
import { byBlocks, type SamplingTwins } from './twins';

/** The twins of the kernels in backends/gpu/pipelines/sampling.ts. They are loaded when one is first used. */
export const SAMPLING_TWINS: SamplingTwins = {
  bernoulli: byBlocks(bernoulli),
  bernoulli_packed: byBlocks(bernoulliPacked),
  permutation: byBlocks(permutation),
  poisson: byBlocks(poisson),
  randint: byBlocks(randint),
  sparse: byBlocks(sparse),
  copy: fillCopied,
  exponential: byBlocks(exponential),
  laplace: byBlocks(laplace),
  logistic: byBlocks(logistic),
  gumbel: byBlocks(gumbel),
  gamma: byBlocks(gamma),
  lognormal: byBlocks(lognormal),
};
