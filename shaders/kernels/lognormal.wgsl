// lognormal: exp(mean + stddev * z) = 2^t for a standard normal z. t = (mean + stddev * z) / ln 2 is computed in
// fixed point, its fraction goes through the integer exp2, and the digits are rounded once.

import package::shared::box_muller::box_muller;
import package::shared::exp2::exp2_digits;
import package::shared::float::round_to_float32;
import package::shared::deviates::lognormal_exponent;
import package::entry::dispatch::{Dispatch, key_of};
import package::shared::stream::stream_block;

struct Params {
  @size(48) at: Dispatch,
  offset_lo: u32, // mean / ln 2 with 32 fractional bits, in two's complement
  offset_hi: u32,
  scale_lo: u32, // stddev / ln 2 with 36 fractional bits
  scale_hi: u32,
}

fn exponent_of(p: Params, z: i32) -> vec2<u32> {
  return lognormal_exponent(vec2<u32>(p.offset_lo, p.offset_hi), vec2<u32>(p.scale_lo, p.scale_hi), z);
}

fn draw_two(p: Params, z: vec2<i32>) -> vec2<u32> {
  let a = exponent_of(p, z.x);
  let b = exponent_of(p, z.y);
  let digits = exp2_digits(vec2<u32>(a.x, b.x));
  return vec2<u32>(
    round_to_float32(false, 0u, digits.x, i32(a.y) - 31),
    round_to_float32(false, 0u, digits.y, i32(b.y) - 31),
  );
}

/// The four elements of a block, as float32 bits.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let w = stream_block(key_of(p.at), counter, 0u);
  let z = box_muller(w.xz, w.yw);
  return vec4<u32>(draw_two(p, z.xy), draw_two(p, z.zw));
}
