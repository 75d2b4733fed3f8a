import type { Draw } from '../../distributions/draw';
import { log_arange } from '../../distributions/log_arange';
import { sinusoidal } from '../../distributions/sinusoidal';
import { stft } from '../../distributions/stft';
import { bernoulliLaw } from './bernoulli';
import { bernoulliPackedLaw } from './bernoulli_packed';
import { computedLaw } from './computed';
import { discreteLaw, type Law, pointLaw } from './law';
import { exponentialLaw } from './exponential';
import { gammaLaw } from './gamma';
import { gumbelLaw } from './gumbel';
import { inverseOf, inverseSoftplusLaw } from './inverse_softplus';
import { laplaceLaw } from './laplace';
import { logisticLaw } from './logistic';
import { lognormalLaw } from './lognormal';
import { normalLaw } from './normal';
import { orthogonalLaw } from './orthogonal';
import { permutationWideLaw } from './permutation_wide';
import { poissonLaw } from './poisson';
import { rademacherLaw } from './rademacher';
import { randintLaw } from './randint';
import { sparseLaw } from './sparse';
import { truncatedNormalLaw } from './truncated_normal';
import { uniformLaw } from './uniform';

/** The law of each kind of draw: a new distribution is a row here, and a file of its own beside this one. */
const LAWS: { readonly [K in Draw['kind']]: (draw: Extract<Draw, { kind: K }>) => Law } = {
  constant: ({ value }) => pointLaw(value),
  bernoulli: ({ probability }) => bernoulliLaw(probability),
  bernoulli_packed: ({ probability }) => bernoulliPackedLaw(probability),
  permutation: ({ size }) => randintLaw(0, size),
  permutation_wide: ({ size }) => permutationWideLaw(size),
  poisson: ({ rate }) => poissonLaw(rate),
  rademacher: () => rademacherLaw(),
  randint: ({ low, high }) => randintLaw(low, high),
  // The words' steps are too fine to be seen.
  bits: () => uniformLaw(0, 2 ** 32),
  uniform: ({ low, high }) => (low === high ? pointLaw(low) : uniformLaw(low, high)),
  normal: ({ mean, stddev }) => (stddev === 0 ? pointLaw(mean) : normalLaw(mean, stddev)),
  truncated_normal: ({ mean, stddev, lower, upper }) =>
    stddev === 0 ? pointLaw(mean) : truncatedNormalLaw(mean, stddev, lower, upper),
  dirac: ({ count, repeats, size }) => diagonalLaw(1, (count * repeats) / size),
  eye: ({ rows, columns, value }) => diagonalLaw(value, Math.min(rows, columns) / (rows * columns)),
  exponential: ({ scale }) => (scale === 0 ? pointLaw(0) : exponentialLaw(scale)),
  gamma: ({ concentration, scale }) => (scale === 0 ? pointLaw(0) : gammaLaw(concentration, scale)),
  gumbel: ({ loc, scale }) => (scale === 0 ? pointLaw(loc) : gumbelLaw(loc, scale)),
  laplace: ({ loc, scale }) => (scale === 0 ? pointLaw(loc) : laplaceLaw(loc, scale)),
  logistic: ({ loc, scale }) => (scale === 0 ? pointLaw(loc) : logisticLaw(loc, scale)),
  lognormal: ({ mean, stddev }) => (stddev === 0 ? pointLaw(Math.exp(mean)) : lognormalLaw(mean, stddev)),
  orthogonal: ({ rows, columns, gain }) => orthogonalLaw(Math.max(rows, columns), gain),
  sparse: ({ rows, zeros, stddev }) => (stddev === 0 ? pointLaw(0) : sparseLaw(stddev, zeros / rows)),
  inverse_softplus({ low, high, floor }) {
    const least = Math.max(low, floor);
    return least >= high ? pointLaw(inverseOf(least)) : inverseSoftplusLaw(low, high, floor);
  },
  log_arange: (draw) => computedLaw(log_arange.parameters(draw, 'float32', 'exact', NaN), draw.columns),
  sinusoidal: (draw) =>
    computedLaw(sinusoidal.parameters(draw, 'float32', 'exact', NaN), draw.positions * draw.width),
  stft: (draw) => computedLaw(stft.parameters(draw, 'float32', 'exact', NaN), draw.frames * draw.frequencies),
  foreign({ name }) {
    throw new Error(`the law of ${name} is not here`);
  },
};

/** The law of elements a share of which has a value, and all others 0. */
function diagonalLaw(value: number, share: number): Law {
  return discreteLaw(
    [
      { value: 0, probability: 1 - share },
      { value, probability: share },
    ].filter(({ probability }) => probability > 0),
  );
}

/** The law that the elements of a draw follow, before they are rounded to a dtype. */
export function lawOf(draw: Draw): Law {
  return (LAWS[draw.kind] as (draw: Draw) => Law)(draw);
}

export type { ContinuousLaw, DensityLaw, DiscreteLaw, End, Law } from './law';
