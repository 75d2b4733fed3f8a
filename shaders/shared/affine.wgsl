// The affine step low + (high - low) * u or mean + stddev * z, exact up to one
// rounding. It computes T = offset + scale * x in integers, and rounds T * 2^exponent to float32.
// The host chooses the integers (src/arithmetic/affine_map.ts) and the width that they need.

import package::shared::float::round_to_float32;
import package::shared::leading_zeros::{exponent_of, exponent_of_31};
import package::shared::mul::{mul_hi, mul_hi_sticky, mul_hi_sticky_31};
import package::shared::shift::shr;

/// How wide the integers are.
/// 0: there is no offset, scale is in [2^23, 2^24), and no result is subnormal.
/// 64: the offset has 64 bits and the scale has 32.
/// 96: the offset has 96 bits and the scale has 64.
override OFFSET_BITS: u32 = 64u;

/// Whether a product is rounded with masks and a conversion to float, in place of shifts. That is faster on
/// SwiftShader and on Apple's GPUs alone.
override FLOAT_ROUNDING: bool = false;

struct Affine {
  offset_lo: u32, // two's complement
  offset_mid: u32,
  offset_hi: u32,
  scale_lo: u32, // unsigned
  scale_hi: u32,
  exponent: i32, // the unit of offset and scale * x is 2^exponent
}

/// The float32 bits of (offset + scale * (-1)^negative * x) * 2^exponent.
fn affine(a: Affine, negative: bool, x: u32) -> u32 {
  var bits: u32;
  if (OFFSET_BITS == 0u) {
    bits = scaled(a, negative, x);
  } else if (OFFSET_BITS == 64u) {
    bits = affine64(a, negative, x);
  } else {
    bits = affine96(a, negative, x);
  }
  return bits;
}

/// The same for x < 2^31, with the sign in the highest bit of `sign`.
fn affine_31(a: Affine, sign: u32, x: u32) -> u32 {
  var bits: u32;
  if (OFFSET_BITS == 0u) {
    bits = scaled_31(a, sign, x);
  } else {
    bits = affine(a, i32(sign) < 0, x);
  }
  return bits;
}

/// The step for OFFSET_BITS 0.
fn scaled(a: Affine, negative: bool, x: u32) -> u32 {
  let exponent = exponent_of(x);
  let magnitude = scaled_digits(a, x << ((158u - exponent) & 31u), exponent);
  return select(magnitude | select(0u, 0x80000000u, negative), 0u, x == 0u);
}

/// The same for x < 2^31, with the sign in the highest bit of `sign`.
fn scaled_31(a: Affine, sign: u32, x: u32) -> u32 {
  let exponent = exponent_of_31(x);
  var magnitude: u32;
  if (FLOAT_ROUNDING) {
    let digits = x << ((158u - exponent) & 31u);
    magnitude = round_with_masks(a, digits, exponent);
  } else {
    let digits = x << ((157u - exponent) & 31u);
    magnitude = round_with_shifts(a, mul_hi_sticky_31(digits, a.scale_lo * 128u), exponent);
  }
  return select(magnitude | (sign & 0x80000000u), 0u, x == 0u);
}

/// The float32 bits of scale * x * 2^a.exponent, from the digits of x in [2^31, 2^32) and its exponent field as a
/// float.
fn scaled_digits(a: Affine, digits: u32, exponent: u32) -> u32 {
  var magnitude: u32;
  if (FLOAT_ROUNDING) {
    magnitude = round_with_masks(a, digits, exponent);
  } else {
    magnitude = round_with_shifts(a, mul_hi_sticky(digits, a.scale_lo * 64u), exponent);
  }
  return magnitude;
}

/// The float32 bits of scale * x * 2^a.exponent, from the high word of the product of their digits, in
/// [2^28, 2^30), what is sticky below it, and the exponent field of x as a float.
fn round_with_shifts(a: Affine, product: vec2<u32>, exponent: u32) -> u32 {
  let large = shr(product.x, 29u);
  // 30 bits, of which the last is set where anything lies below
  let s = (product.x << (large ^ 1u)) | ((product.y + 0xffffu) >> 16u);
  let mantissa = (s + 31u + ((s >> 6u) & 1u)) >> 6u; // The leading one adds 1 to the exponent field.
  return (u32(a.exponent + 22) + exponent + large) * 0x800000u + mantissa;
}

/// The same from the digits of x in [2^31, 2^32).
fn round_with_masks(a: Affine, digits: u32, exponent: u32) -> u32 {
  let scale = a.scale_lo * 64u;
  let product = mul_hi(digits, scale); // in [2^28, 2^30)
  // Half a unit is added, and all bits below a unit are cleared. On a tie the bit of the unit is
  // cleared, too, which makes the result even.
  let half_unit = select(16u, 32u, i32(product) >= 0x20000000);
  let below = 2u * half_unit - 1u;
  let tie = ((product & below) == half_unit) & (digits * scale == 0u);
  let rounded = (product + half_unit) & ~select(below, 2u * below + 1u, tie);
  // 24 bits convert exactly.
  return bitcast<u32>(f32(i32(rounded))) + (u32(a.exponent - 132) + exponent) * 0x800000u;
}

/// The float32 bits of scale * digits * 2^(exponent - n), where there is no offset, for digits in [2^31, 2^32).
/// Where OFFSET_BITS is 0, no result may be subnormal.
fn multiple(a: Affine, digits: u32, n: i32) -> u32 {
  var bits: u32;
  if (OFFSET_BITS == 0u) {
    bits = scaled_digits(a, digits, u32(158 - n));
  } else {
    bits = round_to_float32(false, mul_hi(a.scale_lo, digits), a.scale_lo * digits, a.exponent - n);
  }
  return bits;
}

fn affine64(a: Affine, negative: bool, x: u32) -> u32 {
  var lo = a.scale_lo * x;
  var hi = mul_hi(a.scale_lo, x);
  negate64(&lo, &hi, select(0u, 0xffffffffu, negative));
  lo += a.offset_lo;
  hi += a.offset_mid + select(0u, 1u, lo < a.offset_lo);
  let total_negative = (hi >> 31u) == 1u;
  negate64(&lo, &hi, select(0u, 0xffffffffu, total_negative));
  return round_to_float32(total_negative, hi, lo, a.exponent);
}

/// Negates in two's complement where `mask` is all ones, and changes nothing where it is 0.
fn negate64(lo: ptr<function, u32>, hi: ptr<function, u32>, mask: u32) {
  let l = (*lo ^ mask) + (mask & 1u);
  *hi = (*hi ^ mask) + select(0u, mask & 1u, l == 0u);
  *lo = l;
}

fn affine96(a: Affine, negative: bool, x: u32) -> u32 {
  // scale * x: 64 times 32 bits are 96.
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
  // At least 33 significant bits are kept. Of the others only matters whether any is set.
  let long = hi != 0u;
  let top = select(mid, hi, long);
  let rest = select(lo, mid | select(0u, 1u, lo != 0u), long);
  return round_to_float32(total_negative, top, rest, a.exponent + select(0, 32, long));
}

fn negate96(lo: ptr<function, u32>, mid: ptr<function, u32>, hi: ptr<function, u32>, mask: u32) {
  let l = (*lo ^ mask) + (mask & 1u);
  let carry_mid = select(0u, mask & 1u, l == 0u);
  let m = (*mid ^ mask) + carry_mid;
  *hi = (*hi ^ mask) + select(0u, carry_mid, m == 0u);
  *mid = m;
  *lo = l;
}
