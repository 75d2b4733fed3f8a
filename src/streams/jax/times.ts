/** The twin of shaders/jax/times.wgsl: the high word of a * b, without the product of the low halves. */
export function times(a: number, b: number): number {
  const aHi = a >> 16;
  const bHi = b >> 16;
  return (Math.imul(aHi, bHi) + (Math.imul(aHi, b & 0xffff) >> 16) + (Math.imul(a & 0xffff, bHi) >> 16)) | 0;
}
