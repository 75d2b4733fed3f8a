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
  const middle = quantile(samples, 0.5);
  return {
    median: middle,
    lowerQuartile: quantile(samples, 0.25),
    upperQuartile: quantile(samples, 0.75),
    deviation: quantile(
      samples.map((x) => Math.abs(x - middle)),
      0.5,
    ),
    min: quantile(samples, 0),
    max: quantile(samples, 1),
  };
}

/**
 * The p-quantile by linear interpolation between order statistics: type 7 of Hyndman and Fan,
 * "Sample Quantiles in Statistical Packages" (1996), which is numpy's and R's default.
 */
export function quantile(samples: readonly number[], p: number): number {
  if (samples.length === 0) throw new RangeError('a quantile needs at least one sample');
  const sorted = [...samples].sort((a, b) => a - b);
  const at = p * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}
