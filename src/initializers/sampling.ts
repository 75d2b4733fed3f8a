import { BERNOULLI } from './bernoulli';
import { DIRAC } from './dirac';
import { PERMUTATION } from './permutation';
import { POISSON } from './poisson';
import { RADEMACHER } from './rademacher';
import { RANDINT } from './randint';
import { SPARSE } from './sparse';
import { STFT_ROW } from './stft';
import { EXPONENTIAL } from './exponential';
import { LAPLACE } from './laplace';
import { LOGISTIC } from './logistic';
import { GAMMA } from './gamma';
import { GUMBEL } from './gumbel';
import { LOGNORMAL } from './lognormal';
import { INVERSE_SOFTPLUS } from './inverse_softplus';
import { LOG_ARANGE } from './log_arange';
import { SINUSOIDAL } from './sinusoidal';
import type { Row } from './registry';

/** The initializers that Keras does not have, but Bits, and its STFT. They are loaded when one is first named. */
export const SAMPLING: readonly Row[] = [
  // In the order of messages, as in the registry.
  BERNOULLI,
  DIRAC,
  PERMUTATION,
  POISSON,
  RADEMACHER,
  RANDINT,
  SPARSE,
  STFT_ROW,
  EXPONENTIAL,
  LAPLACE,
  LOGISTIC,
  GUMBEL,
  LOGNORMAL,
  GAMMA,
  INVERSE_SOFTPLUS,
  LOG_ARANGE,
  SINUSOIDAL,
];
