import type { ContinuousLaw } from '../../src/statistics/laws';

const PANELS = 2 ** 14;
/** Digits further behind the point are those of rounding errors: an odd moment of a symmetric law is 0. */
const ROUNDED = 1e12;

/**
 * E[((X - mean) / stddev)^k] for k = 0 to 8, by Gauss's rule with two points in each of many
 * panels, which never asks for the density at an end: to about 12 digits where it is smooth. A density that
 * is infinite at its lower end, as that of gamma with concentration 1/2, is integrated over the root of the distance
 * from there, of which it is smooth.
 */
export function standardizedMoments({ low, high, mean, stddev, density }: ContinuousLaw): number[] {
  const moments = Array.from({ length: 9 }, () => 0);
  const power = Number.isFinite(density(low)) ? 1 : 2;
  const span = high - low;
  for (let i = 0; i < PANELS; i++) {
    for (const offset of [0.5 - Math.sqrt(1 / 12), 0.5 + Math.sqrt(1 / 12)]) {
      const t = (i + offset) / PANELS;
      const x = low + span * t ** power;
      const y = (x - mean) / stddev;
      let term = (density(x) * span * power * t ** (power - 1)) / (2 * PANELS);
      for (let k = 0; k < moments.length; k++, term *= y) moments[k] += term;
    }
  }
  return moments.map((moment) => Math.round(moment * ROUNDED) / ROUNDED);
}
