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
