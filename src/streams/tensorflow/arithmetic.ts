/** The twin of shaders/tensorflow/arithmetic.wgsl. */
import { float32Bits, roundTo } from '../../arithmetic/round';
import type { FloatDtype } from '../../core/dtype';
import { ArgumentError } from '../../core/errors';
import { type ConstantParameters, constantParameters } from '../../distributions/constant';

/** What the kernels of real numbers have beside the key: numbers of the dtype. */
export interface ScaleShift {
  readonly dtype: FloatDtype;
  readonly scale: number;
  readonly shift: number;
}

/** The float32 bits of x * scale + shift for an x of the dtype, each operation rounded to the dtype. */
export function scaleShift(x: number, { dtype, scale, shift }: ScaleShift): number {
  return float32Bits(rounded(x * scale, dtype) + shift);
}

/** A number rounded to the dtype. */
export function rounded(x: number, dtype: FloatDtype): number {
  return dtype === 'float32' ? Math.fround(x) : roundTo(dtype, x);
}

/** Smaller scales would make subnormal products, which TensorFlow flushes to 0. */
const LEAST_SCALE = 2 ** -64;
const LEAST_NORMAL = 2 ** -126;

/**
 * The scale and the shift of a draw.
 * @param name what messages call the scale
 * @param scale a finite number of the dtype >= 0, as is `shift`
 * @throws ArgumentError where the scale is too small
 */
export function scaleShiftOf(name: string, dtype: FloatDtype, scale: number, shift: number): ScaleShift {
  if (scale !== 0 && scale < LEAST_SCALE)
    throw new ArgumentError(`${name} must be 0 or at least 2^-64 = ${LEAST_SCALE} here, got ${scale}`);
  return { dtype, scale, shift: flushed(shift) };
}

/** A number of the dtype, with 0 in place of a subnormal float32 and of -0. */
function flushed(x: number): number {
  return Math.abs(x) < LEAST_NORMAL ? 0 : x;
}

/** The parameters of a draw whose scale is 0, so that all of its elements are the shift. */
export function shiftParameters(name: string, shift: number, dtype: FloatDtype): ConstantParameters {
  return constantParameters(name, flushed(roundTo(dtype, shift)), dtype);
}
