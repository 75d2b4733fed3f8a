// The digits of float32 numbers, and how TensorFlow scales a draw. The host refuses draws that have subnormal numbers.

import package::streams::float32::{add, multiply, rounded};

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

/// x * scale + shift, each operation rounded to the dtype. All three are numbers of the dtype, as float32 bits.
fn scale_shift(x: u32, scale: u32, shift: u32) -> u32 {
  return add(rounded(multiply(x, scale)), shift);
}
