// The affine step low + (high - low) * u or mean + stddev * z, exact up to one
// rounding: T = offset + scale * x in integers, then T * 2^exponent to float32.
// The host chooses the integers (src/affine.ts); most parameters need 64 bits
// only, and WIDE switches to 96.

import package::shared::mul::mul_hi;
import package::shared::float::round_to_float32;

override WIDE: bool = false;

struct Affine {
  offset_lo: u32, // two's complement, 64 bits, or 96 where WIDE
  offset_mid: u32,
  offset_hi: u32,
  scale_lo: u32,
  scale_hi: u32, // 0 unless WIDE
  exponent: i32,
}

/// float32 bits of (offset + scale * (-1)^negative * x) * 2^exponent.
fn affine(a: Affine, negative: bool, x: u32) -> u32 {
  if (WIDE) {
    return affine96(a, negative, x);
  }
  let sign = select(0u, 0xffffffffu, negative);
  var lo = a.scale_lo * x;
  var hi = mul_hi(a.scale_lo, x);
  negate64(&lo, &hi, sign);
  lo += a.offset_lo;
  hi += a.offset_mid + select(0u, 1u, lo < a.offset_lo);
  let total_negative = (hi >> 31u) == 1u;
  negate64(&lo, &hi, select(0u, 0xffffffffu, total_negative));
  return round_to_float32(total_negative, hi, lo, a.exponent);
}

/// Two's complement negation where `mask` is all ones, nothing where it is 0.
fn negate64(lo: ptr<function, u32>, hi: ptr<function, u32>, mask: u32) {
  let l = (*lo ^ mask) + (mask & 1u);
  *hi = (*hi ^ mask) + select(0u, 1u, mask != 0u && l == 0u);
  *lo = l;
}

fn affine96(a: Affine, negative: bool, x: u32) -> u32 {
  // scale * x, 64 x 32 -> 96 bits
  var lo = a.scale_lo * x;
  var mid = mul_hi(a.scale_lo, x);
  let upper = a.scale_hi * x;
  mid += upper;
  var hi = mul_hi(a.scale_hi, x) + select(0u, 1u, mid < upper);
  negate96(&lo, &mid, &hi, select(0u, 0xffffffffu, negative));
  lo += a.offset_lo;
  let carry = select(0u, 1u, lo < a.offset_lo);
  let sum = mid + a.offset_mid;
  let overflow = select(0u, 1u, sum < mid);
  mid = sum + carry;
  hi += a.offset_hi + overflow + select(0u, 1u, mid < sum);
  let total_negative = (hi >> 31u) == 1u;
  negate96(&lo, &mid, &hi, select(0u, 0xffffffffu, total_negative));
  if (hi == 0u) {
    return round_to_float32(total_negative, mid, lo, a.exponent);
  }
  // At least 33 significant bits are kept, so what was dropped only has to be seen.
  return round_to_float32(total_negative, hi, mid | select(0u, 1u, lo != 0u), a.exponent + 32);
}

fn negate96(lo: ptr<function, u32>, mid: ptr<function, u32>, hi: ptr<function, u32>, mask: u32) {
  let l = (*lo ^ mask) + (mask & 1u);
  let carry_mid = select(0u, 1u, mask != 0u && l == 0u);
  let m = (*mid ^ mask) + carry_mid;
  *hi = (*hi ^ mask) + select(0u, 1u, carry_mid == 1u && m == 0u);
  *mid = m;
  *lo = l;
}
