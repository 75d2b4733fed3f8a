// Products of 64 bits from 32 times 32. WGSL has no wide multiplication, so the halves are
// multiplied as digits of 16 bits. No intermediate sum here can exceed 2^32 - 1.

import package::shared::shift::{shr, shr2, shr4};

/// The high word of a * b.
fn mul_hi(a: u32, b: u32) -> u32 {
  let a_lo = a & 0xffffu;
  let a_hi = shr(a, 16u);
  let b_lo = b & 0xffffu;
  let b_hi = shr(b, 16u);
  let t = a_hi * b_lo + shr(a_lo * b_lo, 16u);
  let u = a_lo * b_hi + (t & 0xffffu);
  return a_hi * b_hi + shr(t, 16u) + shr(u, 16u);
}

/// The high words of a * b.
fn mul_hi4(a: vec4<u32>, b: u32) -> vec4<u32> {
  let a_lo = a & vec4(0xffffu);
  let a_hi = shr4(a, 16u);
  let b_lo = b & 0xffffu;
  let b_hi = shr(b, 16u);
  let t = a_hi * b_lo + shr4(a_lo * b_lo, 16u);
  let u = a_lo * b_hi + (t & vec4(0xffffu));
  return a_hi * b_hi + shr4(t, 16u) + shr4(u, 16u);
}

/// The high word of a * b, and a number below 2^16 that is 0 only where the low word is.
fn mul_hi_sticky(a: u32, b: u32) -> vec2<u32> {
  let a_lo = a & 0xffffu;
  let a_hi = shr(a, 16u);
  let b_lo = b & 0xffffu;
  let b_hi = shr(b, 16u);
  let low = a_lo * b_lo;
  let t = a_hi * b_lo + shr(low, 16u);
  let u = a_lo * b_hi + (t & 0xffffu);
  return vec2<u32>(a_hi * b_hi + shr(t, 16u) + shr(u, 16u), (low | u) & 0xffffu);
}

/// The same for a, b < 2^31, where the sum of the middle products fits a word.
fn mul_hi_sticky_31(a: u32, b: u32) -> vec2<u32> {
  let a_lo = a & 0xffffu;
  let a_hi = shr(a, 16u);
  let b_lo = b & 0xffffu;
  let b_hi = shr(b, 16u);
  let low = a_lo * b_lo;
  let middle = a_lo * b_hi + shr(low, 16u) + a_hi * b_lo;
  return vec2<u32>(a_hi * b_hi + shr(middle, 16u), (low | middle) & 0xffffu);
}

/// The high words of a * b without the product of the low halves and the carries: at most 2
/// below the floor of a * b / 2^32. The stream contract has it as it is.
fn mul_hi_truncated(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let a_lo = a & vec2(0xffffu);
  let a_hi = shr2(a, 16u);
  let b_lo = b & vec2(0xffffu);
  let b_hi = shr2(b, 16u);
  return a_hi * b_hi + shr2(a_hi * b_lo, 16u) + shr2(a_lo * b_hi, 16u);
}
