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

export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}
