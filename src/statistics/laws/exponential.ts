import type { ContinuousLaw } from './law';

/** Scales beyond which one exponential value in 10^15 lies. */
export const EXPONENTIAL_REACH = 35;

/** Source: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions, chapter 19. */
export function exponentialLaw(scale: number): ContinuousLaw {
  return {
    kind: 'density',
    mean: scale,
    stddev: scale,
    low: 0,
    high: EXPONENTIAL_REACH * scale,
    lowEnd: 'closed',
    highEnd: 'infinite',
    density: (x) => (x < 0 ? 0 : Math.exp(-x / scale) / scale),
    below: (x) => (x < 0 ? 0 : -Math.expm1(-x / scale)),
    above: (x) => (x < 0 ? 1 : Math.exp(-x / scale)),
  };
}
