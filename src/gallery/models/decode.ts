import type { Dtype } from '../../index';

/** Elements as numbers. @param bytes whole elements, little endian */
export function numbersOf(dtype: Dtype, bytes: Uint8Array): ArrayLike<number> {
  const own = bytes.slice(); // so that it lies at a multiple of the element's size, and stays
  if (dtype === 'float32') return new Float32Array(own.buffer);
  if (dtype === 'uint32') return new Uint32Array(own.buffer);
  const halves = new Uint16Array(own.buffer);
  const words = new Uint32Array(halves.length);
  const widen = dtype === 'bfloat16' ? (half: number) => half << 16 : widenFloat16;
  for (let i = 0; i < halves.length; i++) words[i] = widen(halves[i]);
  return new Float32Array(words.buffer);
}

/** The pattern of a float16 as that of the same float32: 5 bits of exponent, biased by 15, become 8, biased by 127. */
function widenFloat16(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return sign | 0x7f800000 | (fraction << 13);
  if (exponent !== 0) return sign | ((exponent + 112) << 23) | (fraction << 13);
  if (fraction === 0) return sign;
  const shift = Math.clz32(fraction) - 21; // a subnormal's leading one becomes the implied one
  return sign | ((113 - shift) << 23) | (((fraction << shift) & 0x3ff) << 13);
}
