// Standard deviates of random words as integers, for the kernels and for functions.wgsl.

import package::shared::leading_zeros::leading_zeros;
import package::shared::log::{minus_log_digits, minus_log_fixed, normalize_word};
import package::shared::mul::mul_hi;

/// -ln((2 v + 1) / 2^32) of the lower 31 bits v of each word, with 27 fractional bits.
fn laplace_magnitudes(w: vec2<u32>) -> vec2<u32> {
  let odd = w * 2u + 1u;
  let octave = vec2<u32>(leading_zeros(odd.x), leading_zeros(odd.y));
  return minus_log_fixed(odd << octave, vec2<i32>(octave));
}

/// -ln((w + 1/2) / 2^32).
fn minus_log(w: vec2<u32>) -> vec2<u32> {
  let u = normalize_word(w);
  return minus_log_fixed(u.m, vec2<i32>(u.octave));
}

/// Numbers with 27 fractional bits.
struct Signed {
  negative: vec2<bool>,
  magnitude: vec2<u32>,
}

/// ln(u / (1 - u)) of u = (w + 1/2) / 2^32.
fn standard_logistic(w: vec2<u32>) -> Signed {
  let a = minus_log(~w);
  let b = minus_log(w);
  let negative = a < b;
  let magnitude = select(a - b, b - a, negative);
  return Signed(negative, magnitude);
}

/// -ln E of the exponential E of each word, in [-3.13, 22.88], with 27 fractional bits and modulo 2^32.
fn standard_gumbel(w: vec2<u32>) -> vec2<u32> {
  let e = minus_log_digits(w);
  return minus_log_fixed(e.digits, e.places - 32);
}

/// offset + scale z / 2^28 with 32 fractional bits: the low word is the fraction and the high one the floor. The
/// offset has 32 fractional bits and the scale 36, low words first.
fn lognormal_exponent(offset: vec2<u32>, scale: vec2<u32>, z: i32) -> vec2<u32> {
  let x = u32(abs(z));
  let low = mul_hi(scale.x, x);
  var lo = scale.y * x + low;
  var hi = mul_hi(scale.y, x) + select(0u, 1u, lo < low);
  let negative = z < 0;
  lo = select(lo, 0u - lo, negative);
  hi = select(hi, ~hi + select(0u, 1u, lo == 0u), negative);
  lo += offset.x;
  return vec2<u32>(lo, hi + offset.y + select(0u, 1u, lo < offset.x));
}
