import { float32Bits } from '../arithmetic/round';
import { type Dtype, isFloat } from '../core/dtype';

/**
 * A value as a kernel draws it, before it is stored as an element: float32 bits for floats, otherwise the integer.
 */
export function patternOf(value: number, dtype: Dtype): number {
  return isFloat(dtype) ? float32Bits(value) : value >>> 0;
}
