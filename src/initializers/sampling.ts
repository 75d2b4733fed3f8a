import { BERNOULLI } from './bernoulli';
import { PERMUTATION } from './permutation';
import { POISSON } from './poisson';
import { RADEMACHER } from './rademacher';
import { RANDINT } from './randint';
import { EXPONENTIAL } from './exponential';
import { LAPLACE } from './laplace';
import { LOGISTIC } from './logistic';
import { GUMBEL } from './gumbel';
import { LOGNORMAL } from './lognormal';
import type { Row } from './registry';

/** The initializers that Keras does not have, but Bits. They are loaded when one is first named. */
export const SAMPLING: readonly Row[] = [
  // In the order of messages, as in the registry.
  BERNOULLI,
  PERMUTATION,
  POISSON,
  RADEMACHER,
  RANDINT,
  EXPONENTIAL,
  LAPLACE,
  LOGISTIC,
  GUMBEL,
  LOGNORMAL,
];
