import { median, quantile } from '../../src/statistics/quantile';

/** Timings of one contender, in milliseconds. */
export interface Spread {
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
  /** The median distance from the median, robust against single disturbances. */
  readonly deviation: number;
  readonly min: number;
  readonly max: number;
}

/** @param samples at least one number, in any order */
export function spreadOf(samples: readonly number[]): Spread {
  const middle = median(samples);
  return {
    median: middle,
    lowerQuartile: quantile(samples, 0.25),
    upperQuartile: quantile(samples, 0.75),
    deviation: median(samples.map((x) => Math.abs(x - middle))),
    min: quantile(samples, 0),
    max: quantile(samples, 1),
  };
}
