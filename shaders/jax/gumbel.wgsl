// jax.random.gumbel: -log(-log(u)) with each logarithm rounded to the dtype. u is a fraction, or the dtype's smallest
// normal number in place of 0.

import package::entry::dispatch::{Dispatch, key_of};
import package::entry::store::{FLOAT16, FORMAT};
import package::streams::float32::{SIGN, SMALLEST, rounded};
import package::jax::fraction::{fraction, fraction_bits};
import package::jax::log::log_of;
import package::streams::threefry::stream_block;

struct Params {
  at: Dispatch,
}

fn draw_element(word: u32) -> u32 {
  let k = fraction(word);
  let smallest = select(SMALLEST, 0x38800000u, FORMAT == FLOAT16);
  var x = select(bitcast<u32>(f32(i32(k))) - fraction_bits() * SMALLEST, smallest, k == 0u);
  for (var i = 0u; i < 2u; i++) {
    x = log_of(rounded(x)) ^ SIGN;
  }
  return x;
}

/// The four elements of a block, as float32 bits. These are loops, because compilers would be slow at eight copies of
/// the logarithm.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  var words = stream_block(key_of(p.at), counter, 0u);
  for (var i = 0u; i < 4u; i++) {
    words = vec4<u32>(words.yzw, draw_element(words.x));
  }
  return words;
}
