// jax.random.truncated_normal(lower, upper) * stddev + mean, with each operation rounded to the dtype.

import package::entry::dispatch::{Dispatch, key_of};
import package::jax::between::between;
import package::streams::float32::{add, multiply, rounded};
import package::jax::standard_normal::standard_normal;
import package::shared::affine::Affine;
import package::streams::threefry::stream_block;

struct Params {
  @size(48) at: Dispatch,
  // The members of an Affine, from erf(lower / sqrt(2)) to erf(upper / sqrt(2)). As a struct in a uniform it would
  // take 32 of the 48 bytes that are left.
  offset_lo: u32,
  offset_mid: u32,
  offset_hi: u32,
  scale_lo: u32,
  scale_hi: u32,
  exponent: i32,
  low: u32,
  clip_min: i32, // the dtype's numbers next to the bounds, in the order of `ordered`
  clip_max: i32,
  stddev: u32,
  mean: u32,
}

/// Signed integers in the order of the float32 numbers of the bits. It is its own inverse.
fn ordered(bits: i32) -> i32 {
  return bits ^ ((bits >> 31u) & 0x7fffffff);
}

fn draw_element(p: Params, word: u32) -> u32 {
  let map = Affine(p.offset_lo, p.offset_mid, p.offset_hi, p.scale_lo, p.scale_hi, p.exponent);
  let z = standard_normal(between(map, p.low, word));
  let clipped = ordered(clamp(ordered(i32(z)), p.clip_min, p.clip_max));
  return add(rounded(multiply(u32(clipped), p.stddev)), p.mean);
}

/// The four elements of a block, as float32 bits.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let w = stream_block(key_of(p.at), counter, 0u);
  return vec4<u32>(draw_element(p, w.x), draw_element(p, w.y), draw_element(p, w.z), draw_element(p, w.w));
}
