import { roundTo } from '../arithmetic/round';
import { finiteNumber, nonNegativeNumber } from '../core/check';
import type { Dtype, FloatDtype } from '../core/dtype';
import { ArgumentError } from '../core/errors';

/** A finite number that is still finite as an element of `dtype`, which is a float. */
export function fitting(name: string, value: number, dtype: Dtype): number {
  if (!Number.isFinite(roundTo(dtype as FloatDtype, finiteNumber(name, value)))) {
    throw new ArgumentError(`${name} must fit ${dtype}, got ${value}`);
  }
  return value;
}

/** Mean and standard deviation as float32 numbers that fit the dtype. */
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
 * @param lower in standard deviations from the mean, as is `upper`
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
