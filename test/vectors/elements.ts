import { type Dtype, isHalf } from '../../src/core/dtype';

/** Elements of a tensor as vectors have them: bit patterns, in hexadecimal, from element `start` on. */
export type Elements = readonly (readonly [start: number, patterns: string])[];

/** The bit patterns of elements. */
export function patternsOf(text: string, dtype: Dtype): number[] {
  const digits = isHalf(dtype) ? 4 : 8;
  return Array.from({ length: text.length / digits }, (_, i) =>
    parseInt(text.slice(digits * i, digits * (i + 1)), 16),
  );
}

/** How many numbers of the dtype lie between two bit patterns, at most. */
export function ulpsBetween(a: readonly number[], b: readonly number[], dtype: Dtype): number {
  const sign = isHalf(dtype) ? 0x8000 : 0x80000000;
  const place = (pattern: number): number => (pattern >= sign ? sign - pattern : pattern);
  return a.reduce((most, pattern, i) => Math.max(most, Math.abs(place(pattern) - place(b[i]))), 0);
}

/** The bit patterns of a tensor's data. */
export function patternsIn(data: ArrayBufferView<ArrayBuffer>, dtype: Dtype): number[] {
  const { buffer, byteOffset, byteLength } = data;
  return [
    ...(isHalf(dtype)
      ? new Uint16Array(buffer, byteOffset, byteLength / 2)
      : new Uint32Array(buffer, byteOffset, byteLength / 4)),
  ];
}
