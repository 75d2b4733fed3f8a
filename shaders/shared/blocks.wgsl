// The entry point of the kernels that draw by the block. `package::draw` is the kernel
// that is being linked (src/setup/wgsl_plugin.ts): bits, uniform, normal and so on.

import package::draw::{draw_block, params};
import package::shared::dispatch::{REALIGN, WORKGROUP_SIZE, block_at, realign};
import package::shared::store::{HALF, pack_group, store};

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
  if (HALF == 0u) {
    store(params.at, group, draw_four(group));
  } else {
    store(params.at, group, pack_group(draw_four(2u * group), draw_four(2u * group + 1u)));
  }
}
