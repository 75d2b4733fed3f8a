/** Twin of src/arithmetic/mul.ts. */

/** The high words of a * b without the products of the low halves and the carries. */
// @ts-ignore: decorator
@inline
export function mulHiTruncated(a: v128, b: v128): v128 {
  const aHi = i32x4.shr_u(a, 16);
  const bHi = i32x4.shr_u(b, 16);
  const cross = i32x4.add(i32x4.shr_u(i32x4.mul(aHi, lowHalf(b)), 16), i32x4.shr_u(i32x4.mul(lowHalf(a), bHi), 16));
  return i32x4.add(i32x4.mul(aHi, bHi), cross);
}

// @ts-ignore: decorator
@inline
export function lowHalf(a: v128): v128 {
  return v128.and(a, i32x4.splat(0xffff));
}
