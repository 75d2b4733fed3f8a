/**
 * Draws that Keras has no initializers for: what a runtime samples while it trains and infers.
 *
 * Each is a class, such as `Bernoulli`, and a function, such as `bernoulli`. A sampler takes them by their names,
 * too, and loads them then.
 * @module
 */
export { Bernoulli, bernoulli, type BernoulliOptions } from './bernoulli';
export { Dirac, dirac, type DiracOptions } from './dirac';
export { Permutation, permutation, type PermutationOptions } from './permutation';
export { permutationIndex } from '../streams/permutation_index';
export { Poisson, poisson, type PoissonOptions } from './poisson';
export { Rademacher, rademacher, type RademacherOptions } from './rademacher';
export { Randint, randint, type RandintOptions } from './randint';
export { Sparse, sparse, type SparseOptions } from './sparse';
export { STFT, stft, type STFTOptions } from './stft';
export { Exponential, exponential, type ExponentialOptions } from './exponential';
export { Laplace, laplace, type LaplaceOptions } from './laplace';
export { Logistic, logistic, type LogisticOptions } from './logistic';
export { Gumbel, gumbel, type GumbelOptions } from './gumbel';
export { Gamma, gamma, type GammaOptions } from './gamma';
export { Lognormal, lognormal, type LognormalOptions } from './lognormal';
export { InverseSoftplus, inverseSoftplus, type InverseSoftplusOptions } from './inverse_softplus';
export { LogArange, logArange } from './log_arange';
export { Sinusoidal, sinusoidal, type SinusoidalOptions } from './sinusoidal';
