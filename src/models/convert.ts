import { roundBits } from '../arithmetic/round';
import type { FloatDtype } from '../core/dtype';
import { elementDecoder } from '../formats/elements';
import { DTYPE_NAMED, type SafetensorsDtype } from '../formats/safetensors_dtypes';
import { smallFloats } from '../formats/small_floats';

/** Whether elements of a type can be converted: whether they are floats of whole bytes. */
export function isConvertible(dtype: SafetensorsDtype): boolean {
  return /^B?F(8|16|32|64)/.test(dtype);
}

/**
 * Converts whole elements, little endian. They are widened exactly or rounded to nearest even, those of F64 to float32
 * first, as torch does it. NaN stays NaN.
 * @param to F32, F16 or BF16
 */
export function convert(bytes: Uint8Array, from: SafetensorsDtype, to: SafetensorsDtype): Uint8Array {
  const floats = floatsOf(bytes, from);
  const dtype = DTYPE_NAMED.get(to) as FloatDtype;
  if (dtype === 'float32') return new Uint8Array(floats.buffer);
  const halves = new Uint16Array(floats.length);
  const patterns = new Uint32Array(floats.buffer);
  for (let i = 0; i < halves.length; i++) halves[i] = half(dtype, patterns[i]);
  return new Uint8Array(halves.buffer);
}

/** The elements as float32, in memory of their own. */
function floatsOf(bytes: Uint8Array, from: SafetensorsDtype): Float32Array<ArrayBuffer> {
  const own = new Uint8Array(bytes); // which begins at a multiple of the element's size
  const small = smallFloats(from);
  if (small !== undefined) return Float32Array.from(own, (bits) => small[bits]);
  const values = elementDecoder(from)!.decode(own);
  return values instanceof Float32Array ? (values as Float32Array<ArrayBuffer>) : new Float32Array(values);
}

/** The bits of a half for those of a float32. Rounding alone could make infinity of a NaN. */
function half(dtype: FloatDtype, bits: number): number {
  const isNaN = (bits & 0x7fffffff) > 0x7f800000;
  if (!isNaN) return roundBits(dtype, bits);
  return ((bits >>> 16) & 0x8000) | (dtype === 'float16' ? 0x7e00 : 0x7fc0);
}
