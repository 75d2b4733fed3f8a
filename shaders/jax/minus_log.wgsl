// The logarithm. x = v 2^k with v in [2/3, 4/3), and ln v = f G(f) with f = v - 1 and a minimax polynomial G of
// degree 10 (Muller, Elementary Functions, 3rd ed., 2016). f is exact, so that the result is accurate near 1, too:
// the sum has 56 fractional bits, and is rounded to float32 once.

import package::jax::times::times;
import package::streams::float32::SMALLEST;
import package::shared::float::round_to_float32;
import package::shared::mul::mul_hi;

const LN_2_HI: u32 = 0x00b17217u; // ln 2 with 56 fractional bits
const LN_2_LO: u32 = 0xf7d1cf7au;

/// The float32 bits of -ln(x), from those of a normal x > 0. Of 1 it is 0.
fn minus_log(bits: u32) -> u32 {
  let mantissa = (bits & 0x7fffffu) | SMALLEST;
  let above = mantissa >= 0xaaaaabu; // 4/3 2^23
  let k = i32(bits >> 23u) - select(127, 126, above);
  // f has 32 fractional bits.
  let f = select(i32(mantissa - SMALLEST) * 512, i32(mantissa - 2u * SMALLEST) * 256, above);

  // G(f) with 30 fractional bits
  var g = 0x07cf9e4a;
  g = times(g, f) - 0x0859793f;
  g = times(g, f) + 0x06d89e4f;
  g = times(g, f) - 0x07c548db;
  g = times(g, f) + 0x092899fa;
  g = times(g, f) - 0x0aad9a8e;
  g = times(g, f) + 0x0cccb16e;
  g = times(g, f) - 0x0ffff0d2;
  g = times(g, f) + 0x15555599;
  g = times(g, f) - 0x20000016;
  g = times(g, f) + 0x40000000;

  // |f| has 28 fractional bits now, and so has G(f).
  let distance = u32(abs(f)) >> 4u;
  let factor = u32(g + 2) >> 2u;
  let of_v = negated_where(f < 0, vec2<u32>(distance * factor, mul_hi(distance, factor)));
  let count = u32(abs(k));
  let of_power = negated_where(k < 0, vec2<u32>(LN_2_LO * count, LN_2_HI * count + mul_hi(LN_2_LO, count)));
  let lo = of_v.x + of_power.x;
  let hi = of_v.y + of_power.y + select(0u, 1u, lo < of_v.x);
  let below_one = (hi >> 31u) == 1u;
  let magnitude = negated_where(below_one, vec2<u32>(lo, hi));
  return round_to_float32(!below_one, magnitude.y, magnitude.x, -56);
}

/// The number of 64 bits, low word first, or its negative in two's complement.
fn negated_where(negative: bool, x: vec2<u32>) -> vec2<u32> {
  let mask = select(0u, 0xffffffffu, negative);
  let lo = (x.x ^ mask) + (mask & 1u);
  return vec2<u32>(lo, (x.y ^ mask) + select(0u, mask & 1u, lo == 0u));
}
