// sqrt(2) erf_inv(u), as JAX has it: with w = -log1p(-x^2) and Giles's polynomials in w - 5/2 and sqrt(w) - 3
// (Giles, Approximating the erfinv function, GPU Computing Gems 2, 2010). The steps are in integers:
//
// x^2: JAX rounds it to float32 before it is subtracted from 1. Near |x| = 1 that decides the upper digits of w, so
//   it is done here, too.
// w: t = 1 - x^2 = m 2^-octave, and the logarithm is that of shared/box_muller.wgsl.
// Polynomials: below w = 5 it is Giles's first with its coefficients times sqrt(2). His second has a root in it, and
//   polynomials in w that are fitted to it stand for it on [5, 9) and [9, 16).
// The product of x and the polynomial is rounded to float32.
//
// Of all 2^23 values that the normals of float32 have, none is more than 3 ulp from JAX's.

import package::jax::times::times;
import package::jax::float32::{SIGN, SMALLEST, multiply, rounded};
import package::entry::store::HALF;
import package::shared::box_muller::{LN_2, LN_3_2, LN_5_4, LN_7_4, log_near_one};
import package::shared::leading_zeros::leading_zeros;
import package::shared::mul::mul_hi;

// sqrt(1/2) as float32, and one unit more: with it all normals of halves have the bits of JAX's.
const HALF_ROOT: u32 = 0x3f3504f4u;
const ROOT_OF_2: u32 = 0x3fb50000u; // sqrt(2) as float16 and as bfloat16

/// The bits of a standard normal from those of u, in [-1, 1], each rounded to the dtype. Of -1 and 1 it is a number
/// beyond 1000.
fn standard_normal(u: u32) -> u32 {
  let z = root2_erf_inv(u);
  var result = z;
  if (HALF != 0u) {
    // JAX rounds erf_inv(u) and its product with sqrt(2).
    result = rounded(multiply(rounded(multiply(z, HALF_ROOT)), ROOT_OF_2));
  }
  return result;
}

fn root2_erf_inv(u: u32) -> u32 {
  let exponent = (u >> 23u) & 0xffu;
  let x = (u << 8u) | SIGN; // |u| 2^(158 - exponent)
  let factor = polynomial(minus_log_of_rest(x >> min(126u - exponent, 31u)));
  let product = mul_hi(x, factor * 2u); // at least 2^28
  let n = leading_zeros(product);
  let top = product << n;
  let magnitude = (exponent + 2u - n) * SMALLEST + (top >> 8u) + ((top >> 7u) & 1u);
  let ends = select(magnitude, 0x44800000u, exponent > 126u);
  return (u & SIGN) | select(ends, 0u, exponent == 0u);
}

/// -ln(1 - x^2) with 27 fractional bits, from x with 32.
fn minus_log_of_rest(x: u32) -> u32 {
  let square = mul_hi(x, x);
  let near = select(square, (square + 0x80u) & ~0xffu, (square & SIGN) != 0u);
  let t = 0u - max(near, 1u);
  let octave = leading_zeros(t);
  let m = t << octave;
  let segment = (m >> 29u) & 3u;
  let y = i32(~(m * (7u - segment)));
  let odd = (segment & 1u) != 0u;
  let log_factor = select(select(LN_7_4, LN_3_2, odd), select(LN_5_4, 0u, odd), segment >= 2u);
  return octave * LN_2 + log_factor + u32(log_near_one(vec2<i32>(y)).x >> 6u);
}

/// sqrt(2) erf_inv(x) / x with 28 fractional bits, from w with 27.
fn polynomial(w: u32) -> u32 {
  let middle = w >= 0x28000000u; // 5
  let far = w >= 0x48000000u; // 9
  // (w - 5/2) / 4, (w - 7) / 2 or (w - 25/2) / 4 with 30 fractional bits
  let center = select(select(0x14000000u, 0x38000000u, middle), 0x64000000u, far);
  let s = i32(w - center) * select(2, 4, middle & !far);
  var f = select(select(0x00aab174, 0x00002859, middle), 0x00006731, far); // 32 fractional bits
  f = select(select(0x020942f5, -0x0000abf6, middle), -0x00009933, far) + times(f, s) * 4;
  f = select(select(-0x053990f6, 0x00023da1, middle), -0x00046ff7, far) + times(f, s) * 4;
  f = select(select(-0x01a0c80f, -0x0005beca, middle), 0x0016297e, far) + times(f, s) * 4;
  f = select(select(0x14422c66, -0x0004f2dc, middle), -0x00722afe, far) + times(f, s) * 4;
  f = select(select(-0x1d0ca5bd, 0x00c9cfa3, middle), 0x02756f38, far) + times(f, s) * 4;
  f = select(select(-0x183320a0, -0x087414b7, middle), -0x10279c41, far) + times(f, s) * 4;
  f = select(select(0x594b217c, 0x21e4bc35, middle), 0x3396bc09, far) + times(f, s); // 30
  f = select(select(0x21f91798, 0x381c5f76, middle), 0x4c48925b, far) + times(f, s) + 1; // 28
  return u32(f);
}
