import { type Initializer, initializers } from '../../src/index';
import {
  bernoulli,
  exponential,
  gamma,
  gumbel,
  laplace,
  logistic,
  lognormal,
  permutation,
  poisson,
  rademacher,
  randint,
} from '../../src/initializers/distributions';

/** What a case fills tensors with: the draws in their standard form. `categorical` chooses from what it fills. */
export type DrawName =
  | 'constant'
  | 'bits'
  | 'uniform'
  | 'normal'
  | 'truncated_normal'
  | 'orthogonal'
  | 'bernoulli'
  | 'rademacher'
  | 'randint'
  | 'poisson'
  | 'permutation'
  | 'exponential'
  | 'laplace'
  | 'logistic'
  | 'gumbel'
  | 'lognormal'
  | 'gamma'
  | 'categorical';

export const DRAWS: Readonly<Record<DrawName, () => Initializer>> = {
  constant: () => initializers.constant({ value: 1 }),
  bits: () => initializers.bits(),
  uniform: () => initializers.randomUniform({ minval: 0, maxval: 1 }),
  normal: () => initializers.randomNormal({ mean: 0, stddev: 1 }),
  truncated_normal: () => initializers.truncatedNormal({ mean: 0, stddev: 1 }),
  orthogonal: () => initializers.orthogonal(),
  bernoulli: () => bernoulli({ probability: 0.1 }),
  rademacher: () => rademacher(),
  randint: () => randint({ low: 0, high: 1000 }),
  poisson: () => poisson({ rate: 3 }),
  permutation: () => permutation(),
  exponential: () => exponential(),
  laplace: () => laplace(),
  logistic: () => logistic(),
  gumbel: () => gumbel(),
  gamma: () => gamma({ concentration: 3 }),
  lognormal: () => lognormal(),
  categorical: () => initializers.randomNormal({ mean: 0, stddev: 1 }),
};
