/**
 * The draws that no initializer of Keras needs, each with its members beside the kind. They are numbers, but where the
 * distribution checks them itself. What the draws are is loaded when one is first used.
 */
export const SAMPLING_NUMBERS = {
  bernoulli: ['probability'],
  bernoulli_packed: ['probability'],
  dirac: ['size', 'offset', 'count', 'step', 'repeats', 'period'],
  permutation: ['size'],
  permutation_wide: ['size'],
  poisson: ['rate'],
  rademacher: [],
  randint: ['low', 'high'],
  sparse: ['rows', 'columns', 'zeros', 'stddev'],
  stft: ['side', 'window', 'periodic', 'scaling', 'frames', 'frequencies'],
  exponential: ['scale'],
  laplace: ['loc', 'scale'],
  logistic: ['loc', 'scale'],
  gumbel: ['loc', 'scale'],
  gamma: ['concentration', 'scale'],
  lognormal: ['mean', 'stddev'],
  inverse_softplus: ['low', 'high', 'floor'],
  log_arange: ['columns'],
  sinusoidal: [
    'positions',
    'width',
    'layout',
    'endpoint',
    'maxPeriod',
    'grid',
    'columnsFirst',
    'extent',
    'zeroRows',
  ],
} as const;

/** The kinds of these draws. */
export type SamplingKind = keyof typeof SAMPLING_NUMBERS;
