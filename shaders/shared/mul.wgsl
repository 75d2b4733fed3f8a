// 32 x 32 -> 64 bit products. WGSL has no wide multiply, so the halves are
// multiplied in 16-bit digits; no intermediate sum here can exceed 2^32 - 1.

/// The high word of a * b.
fn mul_hi(a: u32, b: u32) -> u32 {
  let a_lo = a & 0xffffu;
  let a_hi = a >> 16u;
  let b_lo = b & 0xffffu;
  let b_hi = b >> 16u;
  let t = a_hi * b_lo + ((a_lo * b_lo) >> 16u);
  let u = a_lo * b_hi + (t & 0xffffu);
  return a_hi * b_hi + (t >> 16u) + (u >> 16u);
}

/// The high word of a * b for a constant b whose halves add up to less than 2^16, so that
/// the sum of the middle products fits a word.
fn mul_hi_light(a: u32, b: u32) -> u32 {
  let a_lo = a & 0xffffu;
  let a_hi = a >> 16u;
  let b_lo = b & 0xffffu;
  let b_hi = b >> 16u;
  let middle = a_lo * b_hi + ((a_lo * b_lo) >> 16u) + a_hi * b_lo;
  return a_hi * b_hi + (middle >> 16u);
}

/// The high words of a * b without the product of the low halves and the carries: at most 2
/// below the floor of a * b / 2^32. Part of the stream contract as it is.
fn mul_hi_truncated(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let a_lo = a & vec2(0xffffu);
  let a_hi = a >> vec2(16u);
  let b_lo = b & vec2(0xffffu);
  let b_hi = b >> vec2(16u);
  return a_hi * b_hi + ((a_hi * b_lo) >> vec2(16u)) + ((a_lo * b_hi) >> vec2(16u));
}
