import { EXPONENTIAL_REACH } from './exponential';
import type { ContinuousLaw } from './law';

/** Source: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions, chapter 23. */
export function logisticLaw(loc: number, scale: number): ContinuousLaw {
  const above = (z: number): number => 1 / (1 + Math.exp(z));
  return {
    kind: 'density',
    mean: loc,
    stddev: (Math.PI / Math.sqrt(3)) * scale,
    low: loc - EXPONENTIAL_REACH * scale,
    high: loc + EXPONENTIAL_REACH * scale,
    lowEnd: 'infinite',
    highEnd: 'infinite',
    density: (x) => (above((x - loc) / scale) * above((loc - x) / scale)) / scale,
    below: (x) => above((loc - x) / scale),
    above: (x) => above((x - loc) / scale),
  };
}
