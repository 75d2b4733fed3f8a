// constant: one pattern everywhere; of a half there are two in the word.

import package::shared::dispatch::{Dispatch, WORKGROUP_SIZE};
import package::shared::store::store;

struct Params {
  @size(48) at: Dispatch,
  word: u32,
}

@group(0) @binding(1) var<uniform> params: Params;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  var group = id.x;
  if (group >= params.at.groups) {
    return;
  }
  loop {
    store(params.at, group, vec4<u32>(params.word));
    continuing {
      group += workgroups.x * WORKGROUP_SIZE;
      break if group >= params.at.groups;
    }
  }
}
