import { normalAbove, normalDensity } from '../special/standard_normal';
import type { ContinuousLaw } from './law';
import { NORMAL_REACH } from './normal';

/**
 * A normal cut at `lower` and `upper`, which count in its
 * standard deviations before the cut and may be infinite
 * (Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions, section 13.10.1).
 */
export function truncatedNormalLaw(
  mean: number,
  stddev: number,
  lower: number,
  upper: number,
): ContinuousLaw {
  const [belowLower, aboveUpper] = [normalAbove(-lower), normalAbove(upper)];
  // In the upper tail the difference of the two tails keeps its digits.
  const mass = lower > 0 ? normalAbove(lower) - aboveUpper : 1 - belowLower - aboveUpper;
  const [atLower, atUpper] = [lower, upper].map(normalDensity);
  const first = (atLower - atUpper) / mass;
  const second = 1 + (product(lower, atLower) - product(upper, atUpper)) / mass;
  const [low, high] = [Math.max(lower, -NORMAL_REACH), Math.min(upper, NORMAL_REACH)].map(
    (z) => mean + z * stddev,
  );
  const isInside = (z: number): boolean => z > lower && z < upper;
  return {
    kind: 'density',
    mean: mean + first * stddev,
    stddev: stddev * Math.sqrt(second - first * first),
    low,
    high,
    lowEnd: Number.isFinite(lower) ? 'open' : 'infinite',
    highEnd: Number.isFinite(upper) ? 'open' : 'infinite',
    density: (x) => {
      const z = (x - mean) / stddev;
      return isInside(z) ? normalDensity(z) / mass / stddev : 0;
    },
    below: (x) => share(normalAbove((mean - x) / stddev) - belowLower, mass),
    above: (x) => share(normalAbove((x - mean) / stddev) - aboveUpper, mass),
  };
}

/** z times the density there, which is 0 at an infinite z. */
function product(z: number, density: number): number {
  return density === 0 ? 0 : z * density;
}

function share(probability: number, mass: number): number {
  return Math.min(Math.max(probability, 0) / mass, 1);
}
