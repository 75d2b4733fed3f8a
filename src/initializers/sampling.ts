import { BERNOULLI } from './bernoulli';
import { PERMUTATION } from './permutation';
import { POISSON } from './poisson';
import { RADEMACHER } from './rademacher';
import { RANDINT } from './randint';
import type { Row } from './registry';

/** The initializers that Keras does not have, but Bits. They are loaded when one is first named. */
export const SAMPLING: readonly Row[] = [
  // In the order of messages, as in the registry.
  BERNOULLI,
  PERMUTATION,
  POISSON,
  RADEMACHER,
  RANDINT,
];
