// normal: mean + stddev * z, exact up to one rounding, for the standard normals z of
// an integer Box-Muller transform. Lanes 0 and 1 share a radius and an angle, and so
// do lanes 2 and 3.

import package::shared::affine::{Affine, affine};
import package::shared::box_muller::box_muller;
import package::shared::dispatch::{Dispatch, REALIGN, WORKGROUP_SIZE, block_at, realign};
import package::shared::store::{HALF, pack_group, store};
import package::shared::stream::stream_block;

struct Params {
  @size(48) at: Dispatch,
  affine: Affine,
}

@group(0) @binding(1) var<uniform> params: Params;

fn draw_element(z: i32) -> u32 {
  return affine(params.affine, z < 0, u32(abs(z)));
}

fn draw_block(counter: vec2<u32>) -> vec4<u32> {
  let w = stream_block(params.at, counter, 0u);
  let a = box_muller(w.x, w.y);
  let b = box_muller(w.z, w.w);
  return vec4<u32>(draw_element(a.x), draw_element(a.y), draw_element(b.x), draw_element(b.y));
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
