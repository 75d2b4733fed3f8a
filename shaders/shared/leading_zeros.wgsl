// countLeadingZeros by way of a float's exponent: Tint writes the built-in out in a dozen
// operations for Vulkan, and software drivers are slow at what it becomes.

/// The number of leading zeros of x, 32 for 0.
fn leading_zeros(x: u32) -> u32 {
  // With the bit after the leading one cleared, no rounding can reach the next power of two.
  let leading = max(f32(i32(x & ~(x >> 1u))), 0.5);
  return select(158u - (bitcast<u32>(leading) >> 23u), 0u, i32(x) < 0);
}
