import { EXPONENTIAL_REACH } from './exponential';
import type { ContinuousLaw } from './law';

/** Source: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions, chapter 24. */
export function laplaceLaw(loc: number, scale: number): ContinuousLaw {
  const above = (z: number): number => (z > 0 ? Math.exp(-z) / 2 : 1 - Math.exp(z) / 2);
  return {
    kind: 'density',
    mean: loc,
    stddev: Math.SQRT2 * scale,
    low: loc - EXPONENTIAL_REACH * scale,
    high: loc + EXPONENTIAL_REACH * scale,
    lowEnd: 'infinite',
    highEnd: 'infinite',
    density: (x) => Math.exp(-Math.abs(x - loc) / scale) / (2 * scale),
    below: (x) => above((loc - x) / scale),
    above: (x) => above((x - loc) / scale),
  };
}
