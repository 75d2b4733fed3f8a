// Standard Gumbel deviates, -ln(-ln u) with u = (w + 1/2) / 2^32, with 26 fractional bits.

import package::shared::log::{minus_log_digits, minus_log_fixed};

fn gumbel(w: vec2<u32>) -> vec2<i32> {
  let e = minus_log_digits(w);
  // They lie between -3.2 and 22.9. So 4 makes them unsigned numbers of 32 bits, of which the last bit is lost.
  let above = minus_log_fixed(e.digits, e.places - 32) + 0x20000000u;
  return vec2<i32>(above >> vec2(1u)) - 0x10000000;
}
