// uniform: low + (high - low) * w / 2^32 for the element's word w, exact up to one
// rounding. The host narrows the words to [word_min, word_max], so that no rounding,
// to float32 or on to a half, reaches the open end or passes the closed one.

import package::shared::affine::{Affine, affine};
import package::shared::dispatch::{Dispatch, REALIGN, WORKGROUP_SIZE, block_at, realign};
import package::shared::store::{HALF, pack_group, store};
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

fn draw_block(counter: vec2<u32>) -> vec4<u32> {
  let w = stream_block(params.at, counter, 0u);
  return vec4<u32>(draw_element(w.x), draw_element(w.y), draw_element(w.z), draw_element(w.w));
}

/// The four elements of slots 4n to 4n + 3 as float32 bits.
fn draw_four(n: u32) -> vec4<u32> {
  let elements = draw_block(block_at(params.at, n));
  if (REALIGN) {
    return realign(elements, draw_block(block_at(params.at, n + 1u)), params.at.lane);
  }
  return elements;
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let group = id.x;
  if (group >= params.at.groups) {
    return;
  }
  if (HALF == 0u) {
    store(params.at, group, draw_four(group));
  } else {
    store(params.at, group, pack_group(draw_four(2u * group), draw_four(2u * group + 1u)));
  }
}
