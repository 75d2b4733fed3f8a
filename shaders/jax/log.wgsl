// log, with each operation of XLA's code for CPUs: the polynomial of Cephes's logf (Moshier), in which XLA fuses what
// it can. Small values of a Gumbel variable are logarithms of numbers near 1, which are logarithms themselves: only
// their last bits decide about it. So this is not an approximation, but the same bits.

import package::streams::float32::{SIGN, SMALLEST, add, multiply};
import package::jax::fused::fused;

const ROOT_OF_HALF: u32 = 0xb504f3u; // sqrt(1/2) 2^24

/// The bits of log(x) from those of a normal x > 0.
fn log_of(bits: u32) -> u32 {
  // x = m 2^e with m in [sqrt(1/2), sqrt(2))
  let mantissa = (bits & 0x7fffffu) | SMALLEST;
  let below = mantissa < ROOT_OF_HALF;
  let x = float_of(i32(select(mantissa, 2u * mantissa, below)) - 0x1000000, 24u);
  let e = float_of(i32(bits >> 23u) - select(126, 127, below), 0u);
  let x2 = multiply(x, x);
  let x3 = multiply(x2, x);
  var y0 = fused(0x3d9021bbu, x, 0xbdebd1b8u);
  var y1 = fused(0xbdfe5d4fu, x, 0x3e11e9bfu);
  var y2 = fused(0x3e4cceacu, x, 0xbe7ffffcu);
  y0 = fused(y0, x, 0x3def251au);
  y1 = fused(y1, x, 0xbe2aae50u);
  y2 = fused(y2, x, 0x3eaaaaaau);
  let y = fused(fused(fused(y0, x3, y1), x3, y2), x3, multiply(0xb95e8083u, e));
  let near_one = add(fused(0xbf000000u, x2, x), y);
  return fused(0x3f318000u, e, near_one);
}

/// The bits of n / 2^bits, where |n| <= 2^24.
fn float_of(n: i32, bits: u32) -> u32 {
  return select(bitcast<u32>(f32(n)) - bits * SMALLEST, 0u, n == 0);
}
