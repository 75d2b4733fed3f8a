// torch.func._random.uniform: the word's lower bits over 2^bits, times the width, plus the lower end. Each of the two
// operations is rounded.

import package::entry::dispatch::{Dispatch, key_of};
import package::streams::float32::{add, multiply};
import package::shared::stream::stream_block;

struct Params {
  @size(48) at: Dispatch,
  bits: u32,  // 24, 11 or 8: as many as the dtype's significand has
  width: u32, // float32 bits
  low: u32,   // float32 bits
}

fn draw_element(p: Params, word: u32) -> u32 {
  let x = word & ((1u << p.bits) - 1u);
  // 24 bits convert exactly.
  let scaled = bitcast<u32>(f32(i32(x))) - p.bits * 0x800000u;
  return add(multiply(select(scaled, 0u, x == 0u), p.width), p.low);
}

/// The four elements of a block, as float32 bits.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let w = stream_block(key_of(p.at), counter, 0u);
  return vec4<u32>(draw_element(p, w.x), draw_element(p, w.y), draw_element(p, w.z), draw_element(p, w.w));
}
