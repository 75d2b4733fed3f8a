// countLeadingZeros by the exponent of a float. For Vulkan, Tint writes the built-in function
// out in a dozen operations, and software drivers are slow at these.

import package::shared::shift::shr;

/// The number of leading zeros of x, 32 for 0.
fn leading_zeros(x: u32) -> u32 {
  // Only the upper half of a large x is converted. It converts exactly, so that no rounding
  // reaches the next power of two.
  let upper = x & 0xffff0000u;
  let leading = max(bitcast<i32>(f32(i32(select(x, upper, upper != 0u)))), 0x3f000000); // at least 1/2
  return select(158u - shr(u32(leading), 23u), 0u, i32(x) < 0);
}
