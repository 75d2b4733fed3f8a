import { float32ToBfloat16, float32ToFloat16 } from './float';
import type { FloatDtype } from '../core/dtype';

const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);

export function float32Bits(value: number): number {
  float[0] = value;
  return word[0];
}

export function float32FromBits(bits: number): number {
  word[0] = bits;
  return float[0];
}

/** A float32 bit pattern rounded on to the element's pattern: 32 bits, or 16 for a half. */
export function roundBits(dtype: FloatDtype, float32: number): number {
  if (dtype === 'float16') return float32ToFloat16(float32);
  return dtype === 'bfloat16' ? float32ToBfloat16(float32) : float32;
}

/** The number that an element's pattern stands for. */
export function decode(dtype: FloatDtype, bits: number): number {
  if (dtype === 'float16') return float16FromBits(bits);
  return float32FromBits(dtype === 'bfloat16' ? bits << 16 : bits);
}

/** `value` to float32 and then to `dtype`, each to nearest even; infinite where it does not fit. */
export function roundTo(dtype: FloatDtype, value: number): number {
  return decode(dtype, roundBits(dtype, float32Bits(value)));
}

function float16FromBits(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const mantissa = bits & 0x3ff;
  if (exponent === 0x1f) return mantissa === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * mantissa * 2 ** -24 : sign * (mantissa | 0x400) * 2 ** (exponent - 25);
}
