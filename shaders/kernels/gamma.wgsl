// gamma: d (1 + c z)^3 scale for a standard normal z with d = concentration - 1/3 and c = 1 / sqrt(9 d), by rejection
// (Marsaglia and Tsang, A simple method for generating gamma variables, TOMS 26, 2000). With x = c z, z is accepted
// where E >= h for a standard exponential E and
//   h = d (3 x - 3 x^2/2 + x^3 - 3 ln(1 + x)) = z^4 / (108 d) (1 - 4 x/5 + 4 x^2/6 - ...).
// For |x| <= 1/8 the series is used, so that nothing cancels where d is large. Below a concentration of 1 the
// draw is that of concentration + 1 times U^(1 / concentration).
//
// 1 - 5/2 z^4 / (108 d) <= exp(-h) for every d >= 2/3. So most candidates are accepted without a logarithm. The
// block tries only that, and the rest is left to the lanes, which begin with candidate 0 again.

import package::entry::dispatch::{Dispatch, key_of};
import package::shared::box_muller::box_muller;
import package::shared::candidate::{Candidate, Candidates};
import package::shared::deviates::minus_log;
import package::shared::exp2::exp2_digits;
import package::shared::float::round_to_float32;
import package::shared::leading_zeros::leading_zeros;
import package::shared::log::{log_tail, minus_log_digits, minus_log_fixed};
import package::shared::mul::{mul_hi, mul_hi_truncated};
import package::shared::stream::stream_block;

struct Params {
  @size(48) at: Dispatch,
  c: u32, // with 33 + c_shift fractional bits
  c_shift: u32,
  quartic: u32, // 1 / (108 d) with 38 fractional bits
  triple: u32, // 3 d with 22 fractional bits, at most 1023
  scale: u32, // d scale = this times 2^exponent
  exponent: i32,
  power: u32, // 1 / (concentration ln 2) with power_places fractional bits; 0 from a concentration of 1 on
  power_places: u32,
}

const ONE: u32 = 0x40000000u; // 30 fractional bits

/// What two normals give.
struct Step {
  x: vec2<u32>, // |x| with 30 fractional bits
  y: vec2<u32>, // 1 + x; 0 where that is not positive
  quartic: vec2<u32>, // z^4 / (108 d) with 26 fractional bits
}

fn step_of(p: Params, z: vec2<i32>) -> Step {
  let twice = vec2<u32>(abs(z)) * 2u; // 29 fractional bits
  let squared = mul_hi_truncated(twice, twice); // 26
  let fourth = mul_hi_truncated(squared, squared); // 20
  let x = mul_hi_truncated(twice, vec2(p.c)) >> vec2(p.c_shift);
  let y = ONE + select(x, 0u - min(x, vec2(ONE)), z < vec2(0));
  return Step(x, y, mul_hi_truncated(fourth, vec2(p.quartic)));
}

/// 1 - u > 5/2 z^4 / (108 d), with 26 fractional bits, for u = (w + 1/2) / 2^32.
fn surely(s: Step, w: vec2<u32>) -> vec2<bool> {
  let quartic = min(s.quartic, vec2(0x4000000u));
  return ((~w >> vec2(6u)) > quartic * 2u + (quartic >> vec2(1u))) & (s.y != vec2(0u));
}

fn leading_zeros2(x: vec2<u32>) -> vec2<u32> {
  return vec2<u32>(leading_zeros(x.x), leading_zeros(x.y));
}

/// h with 26 fractional bits.
fn threshold(p: Params, s: Step, negative: vec2<bool>) -> vec2<u32> {
  let x18 = vec2<i32>(min(s.x, vec2(0x8000000u)) >> vec2(12u));
  let minus_x = select(0 - x18, x18, negative);
  let tail = (log_tail(minus_x) * minus_x) >> vec2(18u);
  let near = mul_hi_truncated(s.quartic, 0x80000000u + vec2<u32>(tail) * 0x8000u) * 2u;

  let squared = mul_hi_truncated(s.x, s.x); // 28
  let odd = (s.x >> vec2(4u)) + mul_hi_truncated(mul_hi_truncated(squared, s.x), vec2(0x55555555u)); // 26
  let n = leading_zeros2(s.y);
  let log = minus_log_fixed(s.y << (n & vec2(31u)), vec2<i32>(n) - 2) + 0x10000000u; // and 2, so that it is positive
  let sum = select(odd, 0u - odd, negative) - (squared >> vec2(3u)) + (log >> vec2(1u)) - 0x8000000u;
  let third = vec2<u32>(max(vec2<i32>(sum), vec2(0))); // h / (3 d)
  let high = mul_hi_truncated(third, vec2(p.triple));
  let far = select(high * 1024u + ((third * p.triple) >> vec2(22u)), vec2(0xffffffffu), high >= vec2(0x400000u));
  return select(near, far, s.x > vec2(0x8000000u));
}

/// m 2^exponent
struct Value {
  m: vec2<u32>,
  exponent: vec2<i32>,
}

fn cube(y: vec2<u32>) -> Value {
  let n = leading_zeros2(y);
  let digits = y << (n & vec2(31u));
  let squared = mul_hi_truncated(digits, digits);
  return Value(mul_hi_truncated(squared, digits), -26 - 3 * vec2<i32>(n));
}

/// `value` times U^(1 / concentration).
fn times_power(p: Params, value: Value, w: vec2<u32>) -> Value {
  let e = minus_log_digits(w);
  let hi = mul_hi_truncated(e.digits, vec2(p.power));
  let lo = e.digits * p.power;
  let shift = vec2<u32>(e.places) + p.power_places - 32u; // 15 to 63, which leaves 32 fractional bits
  let part = shift & vec2(31u);
  let long = shift >= vec2(32u);
  let fraction = 0u - select((lo >> part) | (hi << ((32u - part) & vec2(31u))), hi >> part, long);
  let whole = select(hi >> part, vec2(0u), long);
  let borrow = select(vec2(0), vec2(1), fraction == vec2(0u));
  let exponent = value.exponent + vec2<i32>(~whole) + borrow + 1;
  return Value(mul_hi_truncated(value.m, exp2_digits(fraction)), exponent);
}

fn element_of(p: Params, m: u32, exponent: i32) -> u32 {
  return round_to_float32(false, mul_hi(m, p.scale), m * p.scale, exponent + p.exponent);
}

/// The words of the powers.
fn power_words(p: Params, counter: vec2<u32>) -> vec4<u32> {
  return stream_block(key_of(p.at), counter, 0xffffffffu);
}

/// The four elements of a block where candidate 0 is surely accepted.
fn draw_block(p: Params, counter: vec2<u32>) -> Candidates {
  let words = stream_block(key_of(p.at), counter, 0u);
  let z = box_muller(words.xz, words.yw);
  let w = stream_block(key_of(p.at), counter, 1u);
  let first = step_of(p, z.xy);
  let second = step_of(p, z.zw);
  var a = cube(first.y);
  var b = cube(second.y);
  if (p.power != 0u) {
    let power = power_words(p, counter);
    a = times_power(p, a, power.xy);
    b = times_power(p, b, power.zw);
  }
  let elements = vec4<u32>(
    element_of(p, a.m.x, a.exponent.x),
    element_of(p, a.m.y, a.exponent.y),
    element_of(p, b.m.x, b.exponent.x),
    element_of(p, b.m.y, b.exponent.y),
  );
  let accepted = vec4<bool>(surely(first, w.xy), surely(second, w.zw));
  return Candidates(elements, select(vec4(1u), vec4(0u), accepted));
}

/// Candidate attempt - 1 of the element of one lane.
fn draw_lane(p: Params, counter: vec2<u32>, lane: u32, attempt: u32) -> Candidate {
  let candidate = 2u * attempt - 2u;
  let words = stream_block(key_of(p.at), counter, candidate);
  let own = select(words.xy, words.zw, lane >= 2u);
  let pair = box_muller(own.xx, own.yy);
  let z = vec2(select(pair.x, pair.y, (lane & 1u) == 1u));
  let w = vec2(stream_block(key_of(p.at), counter, candidate + 1u)[lane]);
  let s = step_of(p, z);
  let enough = ((minus_log(w) >> vec2(1u)) >= threshold(p, s, z < vec2(0))) & (s.y != vec2(0u));
  var value = cube(s.y);
  if (p.power != 0u) {
    value = times_power(p, value, vec2(power_words(p, counter)[lane]));
  }
  let accepted = surely(s, w).x | enough.x;
  return Candidate(element_of(p, value.m.x, value.exponent.x), !accepted);
}
