// The fused multiply-add of float32 numbers, rounded once to nearest even, with zeros in place of subnormals: as
// JAX's CPU backend has it. No operand or result may be infinite.

import package::streams::float32::{SIGN, flush, is_zero};
import package::shared::float::round_to_float32;
import package::shared::mul::mul_hi;

/// The bits of a * b + c.
fn fused(a: u32, b: u32, c: u32) -> u32 {
  // Both terms have 64 bits, of which the two highest are free, and count from 2^exponent at bit 61.
  let x = (a << 8u) | SIGN;
  let y = (b << 8u) | SIGN;
  let no_product = is_zero(a) | is_zero(b);
  let no_sum = is_zero(c);
  let wide = vec2<u32>(x * y, mul_hi(x, y));
  let product = select(vec2<u32>((wide.x >> 2u) | (wide.y << 30u), wide.y >> 2u), vec2<u32>(0u), no_product);
  let summand = select(vec2<u32>(0u, ((c << 8u) | SIGN) >> 2u), vec2<u32>(0u), no_sum);
  let of_product = select(i32((a >> 23u) & 0xffu) + i32((b >> 23u) & 0xffu) - 126, -1000, no_product);
  let of_sum = select(i32((c >> 23u) & 0xffu), -1000, no_sum);
  let exponent = max(of_product, of_sum);
  let p = shifted_right(product, u32(min(exponent - of_product, 63)));
  let s = shifted_right(summand, u32(min(exponent - of_sum, 63)));

  let sign = (a ^ b) & SIGN;
  let mask = select(0u, 0xffffffffu, ((sign ^ c) & SIGN) != 0u);
  // p + s or p - s, in two's complement
  let lo = p.x + (s.x ^ mask) + (mask & 1u);
  let carry = select(0u, 1u, lo < p.x) | select(0u, 1u, (lo == p.x) & (mask != 0u) & (s.x == 0u));
  let hi = p.y + (s.y ^ mask) + carry;
  let below = 0u - (hi >> 31u);
  let low = (lo ^ below) + (below & 1u);
  let high = (hi ^ below) + select(0u, below & 1u, low == 0u);
  return flush(round_to_float32((sign != 0u) != (below != 0u), high, low, exponent - 127 - 61));
}

/// A number of 64 bits, low word first, shifted right by n < 64. The lowest bit is set where any that is lost was.
fn shifted_right(x: vec2<u32>, n: u32) -> vec2<u32> {
  let long = n >= 32u;
  let lower = select(x, vec2<u32>(x.y, 0u), long);
  let count = n & 31u;
  let up = (32u - count) & 31u;
  let across = select(lower.y << up, 0u, count == 0u);
  let kept = lower.x >> count;
  let lost = ((kept << count) != lower.x) | (long & (x.x != 0u));
  return vec2<u32>(kept | across | select(0u, 1u, lost), lower.y >> count);
}
