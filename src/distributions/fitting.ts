import { roundTo } from '../arithmetic/round';
import { finiteNumber, nonNegativeNumber } from '../core/check';
import type { Dtype, FloatDtype } from '../core/dtype';
import { ArgumentError } from '../core/errors';

/**
 * Checks a number.
 * @throws ArgumentError unless it is finite, also as an element of `dtype`, which is a float
 */
export function fitting(name: string, value: number, dtype: Dtype): number {
  if (!Number.isFinite(roundTo(dtype as FloatDtype, finiteNumber(name, value)))) {
    throw new ArgumentError(`${name} must fit ${dtype}, got ${value}`);
  }
  return value;
}

/**
 * Rounds the mean and the standard deviation to float32.
 * @throws ArgumentError where one of them does not fit the dtype, or `stddev` is negative
 */
export function location(
  mean: number,
  stddev: number,
  dtype: Dtype,
): { readonly mean: number; readonly stddev: number } {
  nonNegativeNumber('stddev', stddev);
  fitting('stddev', stddev, dtype);
  return { mean: Math.fround(fitting('mean', mean, dtype)), stddev: Math.fround(stddev) };
}

/**
 * Refuses values that rounding would turn into infinities.
 * @param lower the lower bound in standard deviations from the mean, as is `upper`
 * @throws ArgumentError where a bound does not fit the dtype
 */
export function checkReach(
  { mean, stddev }: { readonly mean: number; readonly stddev: number },
  lower: number,
  upper: number,
  dtype: Dtype,
): void {
  for (const reach of [mean + lower * stddev, mean + upper * stddev]) {
    if (!Number.isFinite(roundTo(dtype as FloatDtype, reach))) {
      throw new ArgumentError(
        `mean ${mean} with stddev ${stddev} reaches ${reach}, which does not fit ${dtype}`,
      );
    }
  }
}
