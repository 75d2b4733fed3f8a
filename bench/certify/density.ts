import { normalAbove } from './special/normal_tail';

/** A continuous distribution, before its values are rounded to a dtype. */
export interface Density {
  readonly mean: number;
  readonly stddev: number;
  /** E[((X - mean) / stddev)^k] for k = 0 to 8. */
  readonly moments: readonly number[];
  /** Where values lie; for a normal, where one in 10^15 lies outside. */
  readonly low: number;
  readonly high: number;
  /** The ends are no values themselves: both, the upper one, or none that anybody could meet. */
  readonly open: 'both' | 'upper' | 'none';
  /** P(X < x) and P(X >= x), each to nearly all its digits. */
  below(x: number): number;
  above(x: number): number;
  at(x: number): number;
}

export function uniformDensity(low: number, high: number): Density {
  const width = high - low;
  return {
    mean: low + width / 2,
    stddev: width / Math.sqrt(12),
    moments: [1, 0, 1, 0, 9 / 5, 0, 27 / 7, 0, 9],
    low,
    high,
    open: 'upper',
    below: (x) => (x - low) / width,
    above: (x) => (high - x) / width,
    at: (x) => (x >= low && x < high ? 1 / width : 0),
  };
}

/** Standard deviations from the mean within which all values are taken to be. */
const REACH = 8;

export function normalDensity(mean: number, stddev: number): Density {
  return {
    mean,
    stddev,
    moments: [1, 0, 1, 0, 3, 0, 15, 0, 105],
    low: mean - REACH * stddev,
    high: mean + REACH * stddev,
    open: 'none',
    below: (x) => normalAbove((mean - x) / stddev),
    above: (x) => normalAbove((x - mean) / stddev),
    at: (x) => bell((x - mean) / stddev) / stddev,
  };
}

/** The standard deviation of a standard normal cut at +-2, which Keras's He and Glorot normals divide by. */
export const CUT_STDDEV = 0.87962566103423978;

/** A normal cut at +-cut standard deviations; `scale` is that of the normal before it is cut. */
export function truncatedDensity(mean: number, scale: number, cut: number): Density {
  const outside = normalAbove(cut);
  const mass = 1 - 2 * outside;
  // E[Z^2k] = (2k - 1) E[Z^(2k-2)] - 2 cut^(2k-1) bell(cut) / mass, by parts.
  const even = [1];
  for (let k = 1; k <= 4; k++)
    even.push((2 * k - 1) * even[k - 1] - (2 * cut ** (2 * k - 1) * bell(cut)) / mass);
  const moments = Array.from({ length: 9 }, (_, k) => (k % 2 === 1 ? 0 : even[k / 2] / even[1] ** (k / 2)));
  const above = (z: number): number => Math.max(normalAbove(z) - outside, 0) / mass;
  return {
    mean,
    stddev: scale * Math.sqrt(even[1]),
    moments,
    low: mean - cut * scale,
    high: mean + cut * scale,
    open: 'both',
    below: (x) => above((mean - x) / scale),
    above: (x) => above((x - mean) / scale),
    at: (x) => (Math.abs(x - mean) < cut * scale ? bell((x - mean) / scale) / scale / mass : 0),
  };
}

function bell(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}
