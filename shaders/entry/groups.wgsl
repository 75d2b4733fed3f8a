// The entry point of the kernels that draw every element once. `package::draw` is the kernel that is
// being linked (tools/wgsl_plugin.ts). Constant, eye and orthogonal draw whole groups. Bits, uniform,
// normal and so on draw BLOCKS, of which groups are made.

@if(BLOCKS) import package::entry::blocks::draw_group;
@if(!BLOCKS) import package::draw::draw_group;
import package::draw::Params;
import package::entry::dispatch::{ROWS, WORKGROUP_SIZE};
import package::entry::store::store;

struct Row {
  @size(96) params: Params,
}

@group(0) @binding(1) var<uniform> rows: array<Row, ROWS>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(workgroup_id) workgroup_id: vec3<u32>,
  @builtin(num_workgroups) workgroups: vec3<u32>,
) {
  let p = rows[workgroup_id.y].params; // read once, and not again for every group
  var group = id.x;
  if (group >= p.at.groups) {
    return;
  }
  loop {
    store(p.at, group, draw_group(p, group));
    continuing {
      group += workgroups.x * WORKGROUP_SIZE;
      break if group >= p.at.groups;
    }
  }
}
