// bits: the words of Philox themselves. Element i is lane i mod 4 of block i div 4.

import package::shared::dispatch::{Dispatch, REALIGN, WORKGROUP_SIZE, block_at, realign};
import package::shared::store::store;
import package::shared::stream::stream_block;

struct Params {
  at: Dispatch,
}

@group(0) @binding(1) var<uniform> params: Params;

fn draw_block(counter: vec2<u32>) -> vec4<u32> {
  return stream_block(params.at, counter, 0u);
}

/// The four elements of slots 4n to 4n + 3.
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
  store(params.at, group, draw_four(group));
}
