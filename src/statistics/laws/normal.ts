import { normalAbove, normalDensity } from '../special/standard_normal';
import type { ContinuousLaw } from './law';

/** Standard deviations from the mean beyond which one normal in 10^15 lies. */
export const NORMAL_REACH = 8;

export function normalLaw(mean: number, stddev: number): ContinuousLaw {
  return {
    kind: 'density',
    mean,
    stddev,
    low: mean - NORMAL_REACH * stddev,
    high: mean + NORMAL_REACH * stddev,
    lowEnd: 'infinite',
    highEnd: 'infinite',
    density: (x) => normalDensity((x - mean) / stddev) / stddev,
    below: (x) => normalAbove((mean - x) / stddev),
    above: (x) => normalAbove((x - mean) / stddev),
  };
}
