// Products of signed numbers.

/// The high word of a * b without the product of the low halves and its carries: at most 2 below the floor of
/// a * b / 2^32.
fn times(a: i32, b: i32) -> i32 {
  let a_hi = a >> 16u;
  let b_hi = b >> 16u;
  return a_hi * b_hi + ((a_hi * (b & 0xffff)) >> 16u) + (((a & 0xffff) * b_hi) >> 16u);
}
