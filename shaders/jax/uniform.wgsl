// jax.random.uniform: low + (high - low) * (w >> 9) / 2^23 for the element's word w, rounded once.

import package::entry::dispatch::{Dispatch, key_of};
import package::shared::affine::{Affine, affine};
import package::streams::threefry::stream_block;

struct Params {
  @size(48) at: Dispatch,
  affine: Affine,
}

fn draw_element(p: Params, word: u32) -> u32 {
  return affine(p.affine, false, word >> 9u);
}

/// The four elements of a block, as float32 bits.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let w = stream_block(key_of(p.at), counter, 0u);
  return vec4<u32>(draw_element(p, w.x), draw_element(p, w.y), draw_element(p, w.z), draw_element(p, w.w));
}
