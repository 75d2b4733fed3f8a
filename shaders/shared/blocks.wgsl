// The entry point of the kernels that draw by the block. `package::draw` is the kernel
// that is being linked (src/setup/wgsl_plugin.ts): bits, uniform, normal and so on.
//
// The loop's body, with all that it calls, has no branches: select, & and | stand in for if,
// && and ||. SwiftShader's time to compile a loop doubles with every branch in it.

import package::draw::{Params, draw_block};
import package::shared::dispatch::{REALIGN, ROWS, WORKGROUP_SIZE, block_at, realign};
import package::shared::store::{HALF, pack_group, store};

struct Row {
  @size(96) params: Params,
}

@group(0) @binding(1) var<uniform> rows: array<Row, ROWS>;

/// The four elements of slots 4n to 4n + 3.
fn draw_four(p: Params, n: u32) -> vec4<u32> {
  var elements = draw_block(p, block_at(p.at, n));
  if (REALIGN) {
    elements = realign(elements, draw_block(p, block_at(p.at, n + 1u)), p.at.lane);
  }
  return elements;
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(workgroup_id) workgroup_id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  let p = rows[workgroup_id.y].params; // read once, not by every group
  var group = id.x;
  if (group >= p.at.groups) {
    return;
  }
  loop {
    if (HALF == 0u) {
      store(p.at, group, draw_four(p, group));
    } else {
      store(p.at, group, pack_group(draw_four(p, 2u * group), draw_four(p, 2u * group + 1u)));
    }
    continuing {
      group += workgroups.x * WORKGROUP_SIZE;
      break if group >= p.at.groups;
    }
  }
}
