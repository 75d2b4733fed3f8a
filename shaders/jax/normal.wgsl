// jax.random.normal(...) * stddev + mean, with each operation rounded to the dtype.

import package::entry::dispatch::{Dispatch, key_of};
import package::streams::float32::{SMALLEST, add, rounded};
import package::jax::fraction::{fraction, fraction_bits};
import package::jax::standard_normal::scaled_normal;
import package::shared::affine::OFFSET_BITS;
import package::streams::threefry::stream_block;

struct Params {
  @size(48) at: Dispatch,
  stddev: u32,
  mean: u32,
}

/// jax.random.uniform(nextafter(-1, 0), 1). With k of the word it is (4k + 1) / 2^(bits + 1) - 1, which is exact.
fn symmetric(word: u32) -> u32 {
  let one = 2u << fraction_bits();
  return bitcast<u32>(f32(i32(4u * fraction(word) + 1u - one))) - (fraction_bits() + 1u) * SMALLEST;
}

fn draw_element(p: Params, word: u32) -> u32 {
  var bits = scaled_normal(symmetric(word), p.stddev);
  // The map of the host has an offset where a mean is added.
  if (OFFSET_BITS != 0u) {
    bits = add(rounded(bits), p.mean);
  }
  return bits;
}

/// The four elements of a block, as float32 bits.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let w = stream_block(key_of(p.at), counter, 0u);
  return vec4<u32>(draw_element(p, w.x), draw_element(p, w.y), draw_element(p, w.z), draw_element(p, w.w));
}
