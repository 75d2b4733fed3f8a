// normal with the device's own log, sqrt, sin and cos: math 'native'.

import package::shared::box_muller_native::box_muller_native;
import package::shared::dispatch::{Dispatch, REALIGN, WORKGROUP_SIZE, block_at, realign};
import package::shared::store::{HALF, pack_group, store};
import package::shared::stream::stream_block;

struct Params {
  @size(48) at: Dispatch,
  mean: f32,
  stddev: f32,
}

@group(0) @binding(1) var<uniform> params: Params;

fn draw_block(counter: vec2<u32>) -> vec4<u32> {
  let w = stream_block(params.at, counter, 0u);
  let z = vec4<f32>(box_muller_native(w.x, w.y), box_muller_native(w.z, w.w));
  return bitcast<vec4<u32>>(params.mean + params.stddev * z);
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
