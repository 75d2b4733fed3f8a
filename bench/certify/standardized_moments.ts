import type { ContinuousLaw } from '../../src/statistics/laws';

const PANELS = 2 ** 14;
/** Digits further behind the point are those of rounding errors: an odd moment of a symmetric law is 0. */
const ROUNDED = 1e12;

/**
 * E[((X - mean) / stddev)^k] for k = 0 to 8, by Gauss's rule with two points in each of many
 * panels, which never asks for the density at an end: to about 12 digits where it is smooth.
 */
export function standardizedMoments({ low, high, mean, stddev, density }: ContinuousLaw): number[] {
  const moments = Array.from({ length: 9 }, () => 0);
  const width = (high - low) / PANELS;
  for (let i = 0; i < PANELS; i++) {
    for (const offset of [0.5 - Math.sqrt(1 / 12), 0.5 + Math.sqrt(1 / 12)]) {
      const x = low + (i + offset) * width;
      const y = (x - mean) / stddev;
      let term = (density(x) * width) / 2;
      for (let k = 0; k < moments.length; k++, term *= y) moments[k] += term;
    }
  }
  return moments.map((moment) => Math.round(moment * ROUNDED) / ROUNDED);
}
