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

/** What messages call the mean and the standard deviation. */
const NORMAL_NAMES = ['mean', 'stddev'] as const;

/**
 * Rounds the mean and the standard deviation, or another location and scale, to float32.
 * @throws ArgumentError where one of them does not fit the dtype, or `stddev` is negative
 */
export function location(
  mean: number,
  stddev: number,
  dtype: Dtype,
  [at, spread]: readonly [string, string] = NORMAL_NAMES,
): { readonly mean: number; readonly stddev: number } {
  nonNegativeNumber(spread, stddev);
  fitting(spread, stddev, dtype);
  return { mean: Math.fround(fitting(at, mean, dtype)), stddev: Math.fround(stddev) };
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
  [at, spread]: readonly [string, string] = NORMAL_NAMES,
): void {
  for (const reach of [mean + lower * stddev, mean + upper * stddev]) {
    if (!Number.isFinite(roundTo(dtype as FloatDtype, reach))) {
      throw new ArgumentError(
        `${at} ${mean} with ${spread} ${stddev} reaches ${reach}, which does not fit ${dtype}`,
      );
    }
  }
}
