import type { ContinuousLaw } from './law';

/** Uniform over [low, high). */
export function uniformLaw(low: number, high: number): ContinuousLaw {
  const width = high - low;
  return {
    kind: 'density',
    mean: low + width / 2,
    stddev: width / Math.sqrt(12),
    low,
    high,
    lowEnd: 'closed',
    highEnd: 'open',
    density: (x) => (x >= low && x < high ? 1 / width : 0),
    below: (x) => (x - low) / width,
    above: (x) => (high - x) / width,
  };
}
