// sqrt(2) erf_inv(u), as JAX has it: with w = -log1p(-x^2) and Giles's polynomials in w - 5/2 and sqrt(w) - 3
// (Giles, Approximating the erfinv function, GPU Computing Gems 2, 2010). The steps are in integers:
//
// x^2: JAX rounds it to float32 before it is subtracted from 1. Near |x| = 1 that decides the upper digits of w, so
//   it is done here, too.
// w: t = 1 - x^2 = m 2^-octave, and the logarithm is that of shared/box_muller.wgsl.
// Polynomials: two minimax polynomials in w stand for Giles's first, on [0, 5/2) and [5/2, 5), and two for his second,
//   which is one in the root of w, on [5, 9) and [9, 16). They are within 6e-9 of his.
// The product of x, the polynomial and stddev is rounded to float32.
//
// Of all 2^23 values that the normals of float32 have, none is more than 3 ulp from JAX's.

import package::jax::times::times;
import package::streams::float32::{SIGN, SMALLEST, multiply, rounded};
import package::entry::store::FORMAT;
import package::shared::box_muller::{LN_2, LN_3_2, LN_5_4, LN_7_4, log_near_one};
import package::shared::leading_zeros::leading_zeros;
import package::shared::mul::mul_hi;

// sqrt(1/2) as float32, and one unit more: with it all normals of halves have the bits of JAX's.
const HALF_ROOT: u32 = 0x3f3504f4u;
const ONE: u32 = 0x3f800000u;
const FAR: u32 = 0x44800000u; // 1024
const ROOT_OF_2: u32 = 0x3fb50000u; // sqrt(2) as float16 and as bfloat16

/// The bits of a standard normal times stddev from those of u, in [-1, 1], each rounded to the dtype. stddev is normal
/// and positive. Of -1 and 1 the normal is a number beyond 1000.
fn scaled_normal(u: u32, stddev: u32) -> u32 {
  var result: u32;
  if (FORMAT == 0u) {
    result = root2_erf_inv(u, stddev);
  } else {
    result = multiply(standard_normal(u), stddev);
  }
  return result;
}

/// The bits of a standard normal from those of u.
fn standard_normal(u: u32) -> u32 {
  var result = root2_erf_inv(u, ONE);
  if (FORMAT != 0u) {
    // JAX rounds erf_inv(u) and its product with sqrt(2).
    result = rounded(multiply(rounded(multiply(result, HALF_ROOT)), ROOT_OF_2));
  }
  return result;
}

fn root2_erf_inv(u: u32, stddev: u32) -> u32 {
  let exponent = (u >> 23u) & 0xffu;
  let x = (u << 8u) | SIGN; // |u| 2^(158 - exponent)
  let z = mul_hi(x, polynomial(minus_log_of_rest(x >> min(134u - exponent, 31u))) * 2u);
  let product = mul_hi(z, (stddev << 8u) | SIGN); // at least 2^27
  let n = leading_zeros(product);
  let top = product << n;
  let rest = i32(exponent + (stddev >> 23u) - n) - 124; // the exponent field, without the leading one of the mantissa
  let magnitude = rest * i32(SMALLEST) + i32((top >> 8u) + ((top >> 7u) & 1u));
  let flushed = select(magnitude, 0, (exponent == 0u) | (magnitude < i32(SMALLEST)));
  return (u & SIGN) | select(u32(flushed), FAR, i32(exponent) > 126);
}

/// -ln(1 - x^2) with 27 fractional bits, from x with 24.
fn minus_log_of_rest(x: u32) -> u32 {
  // x^2 with 32 fractional bits
  let x_hi = x >> 12u;
  let x_lo = x & 0xfffu;
  let square = x_hi * x_hi * 256u + ((2u * x_hi * x_lo + ((x_lo * x_lo) >> 12u)) >> 4u);
  let near = select(square, (square + 0x80u) & ~0xffu, i32(square) < 0);
  let t = ~near + u32(i32(square) < 0);
  let octave = leading_zeros(t);
  let m = t << octave;
  let segment = (m >> 29u) & 3u;
  let y = i32(~(m * (7u - segment)));
  let odd = (segment & 1u) != 0u;
  let log_factor = select(select(LN_7_4, LN_3_2, odd), select(LN_5_4, 0u, odd), (segment & 2u) != 0u);
  return octave * LN_2 + log_factor + u32(log_near_one(vec2<i32>(y)).x >> 6u);
}

/// sqrt(2) erf_inv(x) / x with 28 fractional bits, from w with 27.
fn polynomial(w: u32) -> u32 {
  let above = i32(w) >= 0x14000000; // 5/2
  let middle = i32(w) >= 0x28000000; // 5
  let top = i32(w) >= 0x48000000; // 9
  // (w - 5/4) / 2, (w - 15/4) / 2, (w - 7) / 2 or (w - 25/2) / 4 with 30 fractional bits, and with 15
  let center = select(select(0x0a000000u, 0x1e000000u, above), select(0x38000000u, 0x64000000u, top), middle);
  let s = i32(w - center) * select(4, 2, top);
  let s15 = s >> 15u;
  var f = select(select(0x000002bc, 0x00001d7d, above), select(-0x000002c6, -0x0000029e, top), middle); // 26 fractional bits
  f = select(select(-0x00007b9d, 0x000012ec, above), select(0x00000a39, -0x00000f4a, top), middle) + ((f * s15) >> 15u);
  f = select(select(0x000059ad, -0x000030da, above), select(-0x000005b5, 0x0000163d, top), middle) + ((f * s15) >> 17u); // 24
  f = select(select(0x00d693a8, 0x00cac4fc, above), select(-0x00052501, -0x007275f8, top), middle) + ((f * s15) >> 7u); // 32
  f = select(select(-0x0686918a, -0x00f6dc6d, above), select(0x00c9cad1, 0x027567ec, top), middle) + times(f, s) * 4;
  f = select(select(0x03a2ce2f, -0x0a2a6841, above), select(-0x08740abc, -0x102790dc, top), middle) + times(f, s) * 4;
  f = select(select(0x2d2af7af, 0x29fb5e45, above), select(0x21e4bc5c, 0x3396bc35, top), middle) + times(f, s); // 30
  return u32(select(select(0x1aeaad60, 0x28c1e95d, above), select(0x381c5f71, 0x4c489256, top), middle) + times(f, s) + 1);
}
