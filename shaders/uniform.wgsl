// uniform: low + (high - low) * w / 2^32 for the element's word w, exact up to one
// rounding. The host narrows the words to [word_min, word_max], so that no rounding,
// to float32 or on to a half, reaches the open end or passes the closed one.

import package::shared::affine::{Affine, affine};
import package::shared::dispatch::Dispatch;
import package::shared::stream::stream_block;

struct Params {
  @size(48) at: Dispatch,
  @size(32) affine: Affine,
  word_min: u32,
  word_max: u32,
  center: u32, // 2^31 where low = -high: the value is the scaled distance from there
}

@group(0) @binding(1) var<uniform> params: Params;

fn draw_element(word: u32) -> u32 {
  let inside = clamp(word, params.word_min, params.word_max);
  let distance = inside - params.center;
  let negative = inside < params.center;
  return affine(params.affine, negative, select(distance, 0u - distance, negative));
}

/// The four elements of a block, as float32 bits.
fn draw_block(counter: vec2<u32>) -> vec4<u32> {
  let w = stream_block(params.at, counter, 0u);
  return vec4<u32>(draw_element(w.x), draw_element(w.y), draw_element(w.z), draw_element(w.w));
}
