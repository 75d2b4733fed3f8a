/**
 * The draws that no initializer of Keras needs, each with its members beside the kind, which are numbers. What they
 * are is loaded when one is first used.
 */
export const SAMPLING_NUMBERS = {
  bernoulli: ['probability'],
  bernoulli_packed: ['probability'],
  permutation: ['size'],
  permutation_wide: ['size'],
  poisson: ['rate'],
  rademacher: [],
  randint: ['low', 'high'],
  exponential: ['scale'],
  laplace: ['loc', 'scale'],
  logistic: ['loc', 'scale'],
  gumbel: ['loc', 'scale'],
  lognormal: ['mean', 'stddev'],
} as const;

/** The kinds of these draws. */
export type SamplingKind = keyof typeof SAMPLING_NUMBERS;
