// jax.random.exponential: -log1p(-u), where 1 - u is exact.

import package::entry::dispatch::{Dispatch, key_of};
import package::streams::float32::SMALLEST;
import package::jax::fraction::{fraction, fraction_bits};
import package::jax::minus_log::minus_log;
import package::streams::threefry::stream_block;

struct Params {
  at: Dispatch,
}

fn draw_element(word: u32) -> u32 {
  let rest = (1u << fraction_bits()) - fraction(word);
  return minus_log(bitcast<u32>(f32(i32(rest))) - fraction_bits() * SMALLEST);
}

/// The four elements of a block, as float32 bits.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let w = stream_block(key_of(p.at), counter, 0u);
  return vec4<u32>(draw_element(w.x), draw_element(w.y), draw_element(w.z), draw_element(w.w));
}
