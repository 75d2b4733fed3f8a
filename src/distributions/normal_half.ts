import type { Affine } from '../arithmetic/affine_map';
import { float32Bits } from '../arithmetic/round';
import type { Dtype } from '../core/dtype';
import { affineMembers, type Members } from './members';
import { normalNativeMembers } from './normal_native';

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
const ABSOLUTE_ERROR = 2 ** -24;

/**
 * Whether normals of a dtype are estimated first. Within the bounds no product of the estimate overflows, and a mean or
 * a product that is so small that it is subnormal is far below the absolute error.
 */
export function isEstimated(dtype: Dtype, stddev: number): boolean {
  return dtype !== 'float32' && Math.abs(Math.log2(stddev)) <= 80;
}

/** The members of the shader's `Params`. */
export function normalHalfMembers(params: NormalHalfParameters): Members {
  // An error relative to stddev * z is at most one relative to the sum and one relative to the mean.
  const absolute = ABSOLUTE_ERROR * params.stddev + RELATIVE_ERROR * Math.abs(params.mean);
  return [
    ...affineMembers(params.affine),
    ...normalNativeMembers(params),
    ['relative', float32Bits(RELATIVE_ERROR)],
    ['absolute', float32Bits(absolute)],
  ];
}
