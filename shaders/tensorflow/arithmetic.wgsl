// Products and sums of float32 numbers, rounded to nearest even, in integers: WGSL lets a device round otherwise,
// fuse operations, and flush subnormals. TensorFlow flushes subnormals, too; the host refuses draws that have any, so
// that no number here is subnormal or infinite.

import package::entry::store::{BFLOAT16, FLOAT16, HALF};
import package::shared::leading_zeros::leading_zeros;
import package::shared::mul::mul_hi;

/// A float32 is its significand, below 2^24, times 2^(field - 150).
fn significand_of(bits: u32) -> u32 {
  return select((bits & 0x7fffffu) | 0x800000u, 0u, (bits & 0x7f800000u) == 0u);
}

fn field_of(bits: u32) -> u32 {
  return (bits >> 23u) & 0xffu;
}

/// top.rest / 2^8, rounded to an integer: the significand of a number whose leading one is bit 31 of `top`.
fn round_significand(top: u32, rest: u32) -> u32 {
  let kept = top >> 8u;
  let below = (top << 24u) | select(0u, 1u, rest != 0u);
  return kept + select(0u, 1u, below + (kept & 1u) > 0x80000000u);
}

/// Float32 bits of a significand that has its leading one, or that rounding has carried to 2^24.
fn assemble(field: u32, significand: u32) -> u32 {
  return (field - 1u) * 0x800000u + significand;
}

/// a * b of float32 bits.
fn multiply_floats(a: u32, b: u32) -> u32 {
  let x = significand_of(a) << 8u;
  let y = significand_of(b) << 8u;
  let hi = mul_hi(x, y); // 0, or in [2^30, 2^32)
  let lo = x * y;
  let short = 1u - (hi >> 31u);
  let significand = round_significand((hi << short) | ((lo >> 31u) & short), lo << short);
  let magnitude = assemble(field_of(a) + field_of(b) - 126u - short, significand);
  return select(magnitude, 0u, hi == 0u) | ((a ^ b) & 0x80000000u);
}

/// a + b of float32 bits.
fn add_floats(a: u32, b: u32) -> u32 {
  let swap = (a & 0x7fffffffu) < (b & 0x7fffffffu);
  let large = select(a, b, swap);
  let small = select(b, a, swap);
  // Both have 39 bits below the units of the large one. What is more than 31 places lower decides no rounding, and may
  // as well be 31 places lower.
  let places = min(field_of(large) - field_of(small), 31u);
  let term = significand_of(small) << 7u;
  let term_lo = select(term << ((32u - places) & 31u), 0u, places == 0u);
  let mask = select(0u, 0xffffffffu, ((a ^ b) >> 31u) == 1u);
  let lo = (term_lo ^ mask) + (mask & 1u);
  let hi = (significand_of(large) << 7u) + ((term >> places) ^ mask) + (mask & select(0u, 1u, lo == 0u));
  // Where `hi` is 0, so is `lo`: only numbers of one exponent cancel as far.
  let n = leading_zeros(hi) & 31u;
  let top = (hi << n) | select(lo >> ((32u - n) & 31u), 0u, n == 0u);
  let magnitude = assemble(field_of(large) + 1u - n, round_significand(top, lo << n));
  return select(magnitude | (large & 0x80000000u), 0u, hi == 0u);
}

/// Float32 bits of a number, rounded to those of a number of the dtype.
fn to_dtype(bits: u32) -> u32 {
  var rounded = bits;
  if (HALF == FLOAT16) {
    rounded = to_float16(bits);
  } else if (HALF == BFLOAT16) {
    rounded = (bits + 0x7fffu + ((bits >> 16u) & 1u)) & 0xffff0000u;
  }
  return rounded;
}

/// The float32 bits of a number below 65520, rounded to a float16.
fn to_float16(bits: u32) -> u32 {
  let magnitude = bits & 0x7fffffffu;
  let normal = (magnitude + 0xfffu + ((magnitude >> 13u) & 1u)) & 0xffffe000u;
  // Below 2^-14 the unit is 2^-24. The conversion and the product are exact.
  let lost = u32(clamp(126 - i32(magnitude >> 23u), 0, 31));
  let significand = significand_of(bits);
  let kept = significand >> lost;
  let below = significand - (kept << lost);
  let tie = 1u << ((lost - 1u) & 31u);
  let up = (below > tie) | ((below == tie) & ((kept & 1u) == 1u));
  let units = kept + select(0u, 1u, up);
  let subnormal = bitcast<u32>(f32(i32(units)) * 0x1p-24f);
  return select(normal, subnormal, magnitude < 0x38800000u) | (bits & 0x80000000u);
}

/// x * scale + shift, each operation rounded to the dtype. All three are numbers of the dtype, as float32 bits.
fn scale_shift(x: u32, scale: u32, shift: u32) -> u32 {
  return add_floats(to_dtype(multiply_floats(x, scale)), shift);
}
