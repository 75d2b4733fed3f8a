// orthogonal: `gain` times the elements of a matrix, as it is or transposed, and zero
// before and after them. The kernels of shaders/qr compute the matrix beforehand.

import package::entry::dispatch::Dispatch;
import package::entry::store::{FORMAT, pack_group};

struct Params {
  @size(48) at: Dispatch,
  columns: u32,       // columns of the tensor, flattened to a matrix
  row_stride: u32,    // distance of the tensor's rows in `matrix`
  column_stride: u32, // distance of the tensor's columns in `matrix`
  gain: f32,
  first: u32,         // index of the matrix element at slot 0, as a signed word
  @size(12) count: u32, // elements of the matrix; 0 where this row of workgroups has none of them
}

@group(0) @binding(2) var<storage, read> matrix: array<f32>;

/// Four consecutive elements from slot 4n on, as float32 bits.
fn four(p: Params, n: u32) -> vec4<u32> {
  let first = p.first + 4u * n;
  var bits: vec4<u32>;
  for (var i = 0u; i < 4u; i++) {
    let element = first + i;
    let place = (element / p.columns) * p.row_stride + (element % p.columns) * p.column_stride;
    let value = p.gain * matrix[min(place, arrayLength(&matrix) - 1u)];
    bits[i] = select(0u, bitcast<u32>(value), element < p.count);
  }
  return bits;
}

/// The 16 bytes of a group.
fn draw_group(p: Params, group: u32) -> vec4<u32> {
  var words: vec4<u32>;
  if (FORMAT == 0u) {
    words = four(p, group);
  } else {
    words = pack_group(four(p, 2u * group), four(p, 2u * group + 1u));
  }
  return words;
}
