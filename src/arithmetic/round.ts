import { decode, float32Bits } from '../core/bit_pattern';
import type { FloatDtype } from '../core/dtype';
import { float32ToBfloat16, float32ToFloat16 } from './float';

export { decode, float32Bits, float32FromBits } from '../core/bit_pattern';

/** A float32 bit pattern rounded on to the element's pattern: 32 bits, or 16 for a half. */
export function roundBits(dtype: FloatDtype, float32: number): number {
  if (dtype === 'float16') return float32ToFloat16(float32);
  return dtype === 'bfloat16' ? float32ToBfloat16(float32) : float32;
}

/** `value` to float32 and then to `dtype`, each to nearest even; infinite where it does not fit. */
export function roundTo(dtype: FloatDtype, value: number): number {
  return decode(dtype, roundBits(dtype, float32Bits(value)));
}
