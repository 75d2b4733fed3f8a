import { EXPONENTIAL_REACH } from './exponential';
import type { ContinuousLaw } from './law';

const EULER = 0.5772156649015329;

/** Below -3.6 scales one Gumbel value in 10^15 lies. */
const LOWER_REACH = 3.6;

/** Source: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions, chapter 22. */
export function gumbelLaw(loc: number, scale: number): ContinuousLaw {
  return {
    kind: 'density',
    mean: loc + EULER * scale,
    stddev: (Math.PI / Math.sqrt(6)) * scale,
    low: loc - LOWER_REACH * scale,
    high: loc + EXPONENTIAL_REACH * scale,
    lowEnd: 'infinite',
    highEnd: 'infinite',
    density(x) {
      const z = (x - loc) / scale;
      return Math.exp(-z - Math.exp(-z)) / scale;
    },
    below: (x) => Math.exp(-Math.exp((loc - x) / scale)),
    above: (x) => -Math.expm1(-Math.exp((loc - x) / scale)),
  };
}
