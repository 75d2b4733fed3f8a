import type { Affine } from '../arithmetic/affine_map';
import { float32Bits } from '../arithmetic/round';
import type { Dtype } from '../core/dtype';
import { affineMembers, type Members } from './members';

/** The parameters of exact normal values in float16 and bfloat16. */
export interface NormalHalfParameters {
  readonly kernel: 'normal_half';
  readonly affine: Affine;
  /** The mean, a float32 number, as is the standard deviation. */
  readonly mean: number;
  readonly stddev: number;
}

/**
 * The largest error of an estimated value, in relation to it: 15.9 * 2^-23, and a margin (docs/decisions.md).
 */
const RELATIVE_ERROR = 18 * 2 ** -23;

/** What the estimate of a normal may err by beside, because the exact one is an integer with 28 fractional bits. */
const ABSOLUTE_ERROR = 2 ** -25;

/** Between this and its inverse no product of the estimate overflows, and none that matters is subnormal. */
const SMALLEST = 2 ** -80;

/** Whether normals of a dtype are estimated first. */
export function isEstimated(dtype: Dtype, mean: number, stddev: number): boolean {
  const fits = (x: number): boolean => x >= SMALLEST && x <= 1 / SMALLEST;
  return dtype !== 'float32' && fits(stddev) && (mean === 0 || fits(Math.abs(mean)));
}

/** The members of the shader's `Params`. */
export function normalHalfMembers({ affine, mean, stddev }: NormalHalfParameters): Members {
  // An error relative to stddev * z is at most one relative to the sum and one relative to the mean.
  const absolute = ABSOLUTE_ERROR * stddev + RELATIVE_ERROR * Math.abs(mean);
  return [
    ...affineMembers(affine),
    ['mean', float32Bits(mean)],
    ['stddev', float32Bits(stddev)],
    ['relative_error', float32Bits(RELATIVE_ERROR)],
    ['absolute_error', float32Bits(absolute)],
  ];
}
