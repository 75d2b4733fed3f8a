// The place of a word's highest bit, by the exponent of a float. For Vulkan, Tint writes countLeadingZeros
// out in a dozen operations, and software drivers are slow at these.

import package::shared::shift::shr;

/// 127 + floor(log2 x), the exponent field of x as a float; 0 for 0. The bits below the highest run of ones
/// are cleared, so that no rounding reaches the next power of two.
fn exponent_of(x: u32) -> u32 {
  return shr(bitcast<u32>(f32(x & ~(x >> 1u))), 23u);
}

/// The same for x < 2^31. Signed numbers convert faster on a CPU.
fn exponent_of_31(x: u32) -> u32 {
  return shr(bitcast<u32>(f32(i32(x & ~(x >> 1u)))), 23u);
}

/// The number of leading zeros of x, 32 for 0.
fn leading_zeros(x: u32) -> u32 {
  // Only the upper half of a large x is converted. It converts exactly, so that no rounding
  // reaches the next power of two.
  let upper = x & 0xffff0000u;
  let leading = max(bitcast<i32>(f32(i32(select(x, upper, upper != 0u)))), 0x3f000000); // at least 1/2
  return select(158u - shr(u32(leading), 23u), 0u, i32(x) < 0);
}
