import type { FloatDtype } from './dtype';

const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);

/** The 32 bits of a number as a float32, to which it is rounded first. */
export function float32Bits(value: number): number {
  float[0] = value;
  return word[0];
}

/** The number that 32 bits stand for as a float32. */
export function float32FromBits(bits: number): number {
  word[0] = bits;
  return float[0];
}

/** The number that an element's bit pattern stands for: 32 bits of a float32, or 16 of a half. */
export function decode(dtype: FloatDtype, bits: number): number {
  if (dtype === 'float16') return float16FromBits(bits);
  return float32FromBits(dtype === 'bfloat16' ? bits << 16 : bits);
}

/** IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of mantissa. */
function float16FromBits(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const mantissa = bits & 0x3ff;
  if (exponent === 0x1f) return mantissa === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * mantissa * 2 ** -24 : sign * (mantissa | 0x400) * 2 ** (exponent - 25);
}
