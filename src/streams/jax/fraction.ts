/** The twin of shaders/jax/fraction.wgsl. */
import type { FloatDtype } from '../../core/dtype';

/** The number of random bits of a dtype, as many as its mantissa has. */
export const FRACTION_BITS: Readonly<Record<FloatDtype, number>> = { float32: 23, float16: 10, bfloat16: 7 };

/** Those bits of an element's word, as an integer. */
export function fraction(dtype: FloatDtype, word: number): number {
  if (dtype === 'float32') return word >>> 9;
  return dtype === 'float16' ? (word >>> 6) & 0x3ff : (word >>> 1) & 0x7f;
}
