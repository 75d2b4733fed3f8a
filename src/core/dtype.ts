import { oneOf } from './check';

export const DTYPES = ['float32', 'float16', 'bfloat16', 'uint32'] as const;
export type Dtype = (typeof DTYPES)[number];
export type FloatDtype = Exclude<Dtype, 'uint32'>;

/** A tensor's elements as they lie in memory; halves are their 16-bit patterns. */
export type TensorData = Float32Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

export function checkDtype(value: unknown): Dtype {
  return oneOf('dtype', value, DTYPES);
}

export function isHalf(dtype: Dtype): boolean {
  return dtype === 'float16' || dtype === 'bfloat16';
}

export function bytesPerElement(dtype: Dtype): 2 | 4 {
  return isHalf(dtype) ? 2 : 4;
}

/** A view of `count` elements at `byteOffset` of `buffer`. */
export function viewAs(dtype: Dtype, buffer: ArrayBuffer, byteOffset: number, count: number): TensorData {
  if (isHalf(dtype)) return new Uint16Array(buffer, byteOffset, count);
  return dtype === 'uint32'
    ? new Uint32Array(buffer, byteOffset, count)
    : new Float32Array(buffer, byteOffset, count);
}

/** The same as bit patterns: 32 bits each, or 16 for halves. */
export function patternsIn(
  dtype: Dtype,
  buffer: ArrayBuffer,
  byteOffset: number,
  count: number,
): Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> {
  return isHalf(dtype)
    ? new Uint16Array(buffer, byteOffset, count)
    : new Uint32Array(buffer, byteOffset, count);
}

/** The distance of neighbouring numbers, relative to their size. */
export const SPACING: Readonly<Record<FloatDtype, number>> = {
  float32: 2 ** -23,
  float16: 2 ** -10,
  bfloat16: 2 ** -7,
};

/** The distance of the smallest numbers. */
export const SUBNORMAL: Readonly<Record<FloatDtype, number>> = {
  float32: 2 ** -149,
  float16: 2 ** -24,
  bfloat16: 2 ** -133,
};
