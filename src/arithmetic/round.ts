import { decode, float32Bits } from '../core/bit_pattern';
import type { FloatDtype } from '../core/dtype';
import { float32ToBfloat16, float32ToFloat16 } from './float';

export { decode, float32Bits, float32FromBits } from '../core/bit_pattern';

/** Rounds a float32 bit pattern to that of an element, which has 32 bits, or 16 for a half. */
export function roundBits(dtype: FloatDtype, float32: number): number {
  if (dtype === 'float16') return float32ToFloat16(float32);
  return dtype === 'bfloat16' ? float32ToBfloat16(float32) : float32;
}

/**
 * Rounds `value` to float32 and then to `dtype`, each to nearest even. It is infinite where it does not fit.
 */
export function roundTo(dtype: FloatDtype, value: number): number {
  return decode(dtype, roundBits(dtype, float32Bits(value)));
}

/** The integer nearest to a number >= 0, of two the even one. */
export function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return below + Number(rest > 0.5 || (rest === 0.5 && below % 2 === 1));
}
