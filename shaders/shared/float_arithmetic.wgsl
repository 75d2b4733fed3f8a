// Sums and products of float32 numbers, exact up to one rounding to nearest, ties to even, in integers.
// WGSL fixes no rounding mode for its own, and may flush subnormals or fuse the two. All numbers are
// bit patterns. The first may be infinite or no number, and is the result then. The second is finite.

import package::shared::float::round_to_float32;
import package::shared::mul::mul_hi;
import package::shared::shift::shr;

const INFINITY: u32 = 0x7f800000u;
const SIGN: u32 = 0x80000000u;

/// The magnitude of a finite number is mantissa_of(bits) * 2^(exponent_of(bits) - 150).
fn mantissa_of(bits: u32) -> u32 {
  return (bits & 0x7fffffu) | select(0x800000u, 0u, (bits & INFINITY) == 0u);
}

fn exponent_of(bits: u32) -> i32 {
  return max(i32(shr(bits & INFINITY, 23u)), 1);
}

fn is_finite(bits: u32) -> bool {
  return (bits & INFINITY) != INFINITY;
}

/// The bits of a * b.
fn multiply_floats(a: u32, b: u32) -> u32 {
  let m = mantissa_of(a);
  let n = mantissa_of(b);
  let rounded = round_to_float32(false, mul_hi(m, n), m * n, exponent_of(a) + exponent_of(b) - 300);
  return select(a, min(rounded, INFINITY) | ((a ^ b) & SIGN), is_finite(a));
}

/// The bits of a + b. Three bits below the larger number, of which the last says whether anything is
/// below, are enough to round.
fn add_floats(a: u32, b: u32) -> u32 {
  let swap = (b & ~SIGN) > (a & ~SIGN);
  let large = select(a, b, swap);
  let small = select(b, a, swap);
  let distance = u32(min(exponent_of(large) - exponent_of(small), 31));
  let addend = mantissa_of(small) * 8u;
  let aligned = (addend >> distance) | select(0u, 1u, (addend & ((1u << distance) - 1u)) != 0u);
  let opposite = ((a ^ b) & SIGN) != 0u;
  let total = mantissa_of(large) * 8u + select(aligned, 0u - aligned, opposite);
  let rounded = round_to_float32(false, 0u, total, exponent_of(large) - 153);
  let sign = select(large, a & b, total == 0u) & SIGN;
  return select(a, min(rounded, INFINITY) | sign, is_finite(a));
}
