// The score of a logit l at the temperature T: l / T as a signed integer of 64 bits, 26 of them behind the
// point, in two's complement, low word first. It is truncated toward zero. 1 / T is scale * 2^exponent with
// scale in [2^31, 2^32).

import package::shared::mul::mul_hi;

const INFINITY: u32 = 0x7f800000u;
const MINUS_INFINITY: u32 = 0xff800000u;

/// Whether a logit, as float32 bits, may be chosen. NaN and minus infinity may not.
fn eligible(bits: u32) -> bool {
  return ((bits & 0x7fffffffu) <= INFINITY) & (bits != MINUS_INFINITY);
}

/// The score of an eligible logit. Finite ones are at most 2^61 in magnitude, and that of infinity is 2^62.
fn score(bits: u32, scale: u32, exponent: i32) -> vec2<u32> {
  let field = (bits >> 23u) & 0xffu;
  let digits = (bits & 0x7fffffu) | select(0u, 0x800000u, field != 0u);
  let shift = i32(max(field, 1u)) - 150 + exponent + 26;
  let lo = digits * scale;
  let hi = mul_hi(digits, scale);
  // The product has at most 56 bits, and 55 at least where the shift is large.
  let left = u32(clamp(shift, 0, 6));
  let right = u32(clamp(-shift, 0, 63));
  let short = vec2<u32>(lo << left, (hi << left) | ((lo >> 1u) >> (31u - left)));
  let small = vec2<u32>((lo >> (right & 31u)) | ((hi << 1u) << (31u - (right & 31u))), hi >> (right & 31u));
  let shifted = select(short, select(small, vec2<u32>(hi >> (right & 31u), 0u), right >= 32u), right > 0u);
  let saturated = (shift > 6) | (shifted.y >= 0x20000000u);
  let magnitude = select(select(shifted, vec2<u32>(0u, 0x20000000u), saturated), vec2<u32>(0u, 0x40000000u), field == 255u);
  return select(magnitude, negated(magnitude), (bits >> 31u) == 1u);
}

/// A signed integer that orders eligible logits as the numbers that they are. Both zeros have the same.
fn order(bits: u32) -> u32 {
  let magnitude = bits & 0x7fffffffu;
  return select(magnitude, 0u - magnitude, (bits >> 31u) == 1u);
}

fn negated(x: vec2<u32>) -> vec2<u32> {
  return vec2<u32>(0u - x.x, ~x.y + select(0u, 1u, x.x == 0u));
}

/// The sum of a score and a word with a sign.
fn plus(x: vec2<u32>, y: i32) -> vec2<u32> {
  let lo = x.x + u32(y);
  return vec2<u32>(lo, x.y + u32(y >> 31u) + select(0u, 1u, lo < x.x));
}

/// Whether a < b.
fn less(a: vec2<u32>, b: vec2<u32>) -> bool {
  return (i32(a.y) < i32(b.y)) | ((a.y == b.y) & (a.x < b.x));
}
