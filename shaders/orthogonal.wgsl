// orthogonal: `gain` times the elements of a matrix that is already there, as it is or
// transposed, and zero before and after them. Where it comes from: shaders/qr.

import package::shared::dispatch::{Dispatch, WORKGROUP_SIZE};
import package::shared::store::{HALF, pack_group, store};

struct Params {
  @size(48) at: Dispatch,
  columns: u32,       // of the tensor, flattened to a matrix
  row_stride: u32,    // between rows of the tensor, in `matrix`
  column_stride: u32, // between its columns
  gain: f32,
  first: u32,         // the matrix's element at slot 0; negative, as a 32-bit word, before its first
  @size(12) count: u32, // of the matrix's elements; 0 where this dispatch has none of them
}

@group(0) @binding(1) var<uniform> params: Params;
@group(0) @binding(2) var<storage, read> matrix: array<f32>;

/// Four consecutive elements from slot 4n on, as float32 bits.
fn four(n: u32) -> vec4<u32> {
  let first = params.first + 4u * n;
  var bits: vec4<u32>;
  for (var i = 0u; i < 4u; i++) {
    let element = first + i;
    let place = (element / params.columns) * params.row_stride + (element % params.columns) * params.column_stride;
    let value = params.gain * matrix[min(place, arrayLength(&matrix) - 1u)];
    bits[i] = select(0u, bitcast<u32>(value), element < params.count);
  }
  return bits;
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  var group = id.x;
  if (group >= params.at.groups) {
    return;
  }
  loop {
    if (HALF == 0u) {
      store(params.at, group, four(group));
    } else {
      store(params.at, group, pack_group(four(2u * group), four(2u * group + 1u)));
    }
    continuing {
      group += workgroups.x * WORKGROUP_SIZE;
      break if group >= params.at.groups;
    }
  }
}
