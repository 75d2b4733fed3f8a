// uniform: low + (high - low) * w / 2^32 for the element's word w, exact up to one
// rounding. The host narrows the words to [word_min, word_max], so that rounding to
// float32, or on to a half, neither reaches the open end nor passes the closed one.

import package::shared::affine::{Affine, affine};
import package::entry::dispatch::{Dispatch, key_of};
import package::shared::stream::stream_block;

struct Params {
  @size(48) at: Dispatch,
  @size(32) affine: Affine,
  word_min: u32,
  word_max: u32,
  center: u32, // the word that distances are counted from: 2^31 where low = -high
}

/// Signed numbers in the order of the words. All devices compare signed numbers in one operation.
fn ordered(word: u32) -> i32 {
  return i32(word ^ 0x80000000u);
}

fn draw_element(p: Params, word: u32) -> u32 {
  let inside = clamp(ordered(word), ordered(p.word_min), ordered(p.word_max));
  let center = ordered(p.center);
  let negative = inside < center;
  return affine(p.affine, negative, u32(select(inside - center, center - inside, negative)));
}

/// The four elements of a block, as float32 bits.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let w = stream_block(key_of(p.at), counter, 0u);
  return vec4<u32>(draw_element(p, w.x), draw_element(p, w.y), draw_element(p, w.z), draw_element(p, w.w));
}
