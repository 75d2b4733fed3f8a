import { normalAbove, normalDensity } from '../special/standard_normal';
import type { ContinuousLaw } from './law';
import { NORMAL_REACH } from './normal';

/**
 * The law of exp(x) for a normal x.
 * Source: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions, chapter 14.
 */
export function lognormalLaw(mean: number, stddev: number): ContinuousLaw {
  const variance = stddev * stddev;
  const expected = Math.exp(mean + variance / 2);
  const z = (x: number): number => (Math.log(x) - mean) / stddev;
  return {
    kind: 'density',
    mean: expected,
    stddev: expected * Math.sqrt(Math.expm1(variance)),
    low: Math.exp(mean - NORMAL_REACH * stddev),
    high: Math.exp(mean + NORMAL_REACH * stddev),
    lowEnd: 'infinite',
    highEnd: 'infinite',
    density: (x) => (x <= 0 ? 0 : normalDensity(z(x)) / (x * stddev)),
    below: (x) => (x <= 0 ? 0 : normalAbove(-z(x))),
    above: (x) => (x <= 0 ? 1 : normalAbove(z(x))),
  };
}
