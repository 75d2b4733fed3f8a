// The keys of a step. A buffer of the caller's holds a key and a step. This writes the keys of all
// tensors at that step into the parameters of the kernels that follow, and moves the step on. One
// workgroup does it all, so that every invocation has read the step before it is moved on.

import package::shared::fold::{fold_integer, fold_piece};

const INVOCATIONS: u32 = 64u;

/// From word program[0].x on: the key and the step, 64 bits each, low word first.
@group(0) @binding(0) var<storage, read_write> key_and_step: array<u32>;
/// The uniform buffer of the kernels that follow.
@group(0) @binding(1) var<storage, read_write> parameters: array<u32>;
/// First come (word of the key, number of targets, by how much the step moves on, 0), then a target
/// each as (index of its first piece here, number of its pieces, word of its key in `parameters`, 0),
/// and then the pieces of names.
@group(0) @binding(2) var<storage, read> program: array<vec4<u32>>;

@compute @workgroup_size(INVOCATIONS)
fn main(@builtin(local_invocation_index) index: u32) {
  let head = program[0];
  let key = vec2<u32>(key_and_step[head.x], key_and_step[head.x + 1u]);
  let step = vec2<u32>(key_and_step[head.x + 2u], key_and_step[head.x + 3u]);
  storageBarrier();
  if (index == 0u) {
    let next = step.x + head.z;
    key_and_step[head.x + 2u] = next;
    key_and_step[head.x + 3u] = step.y + select(0u, 1u, next < step.x);
  }
  let key_of_step = fold_integer(key, step);
  for (var i = index; i < head.y; i += INVOCATIONS) {
    let row = program[1u + i];
    var derived = key_of_step;
    for (var piece = row.x; piece < row.x + row.y; piece++) {
      derived = fold_piece(derived, program[piece]);
    }
    parameters[row.z] = derived.x;
    parameters[row.z + 1u] = derived.y;
  }
}
