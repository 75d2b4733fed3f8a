/** The twin of shaders/shared/mul.wgsl. */

/** The high word of the 64-bit product a * b of two unsigned words. */
export function mulHi(a: number, b: number): number {
  const aLo = a & 0xffff;
  const aHi = a >>> 16;
  const bLo = b & 0xffff;
  const bHi = b >>> 16;
  const t = Math.imul(aHi, bLo) + (Math.imul(aLo, bLo) >>> 16);
  const u = Math.imul(aLo, bHi) + (t & 0xffff);
  return (Math.imul(aHi, bHi) + (t >>> 16) + (u >>> 16)) >>> 0;
}

/** The high word of a * b as a signed integer, without the product of the low halves and its carries. */
export function mulHiTruncated(a: number, b: number): number {
  const aHi = a >>> 16;
  const bHi = b >>> 16;
  return (
    (Math.imul(aHi, bHi) + (Math.imul(aHi, b & 0xffff) >>> 16) + (Math.imul(a & 0xffff, bHi) >>> 16)) | 0
  );
}
