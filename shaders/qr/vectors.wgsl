// The bindings of panel.wgsl for the kernels that read V and the products four elements at a
// time, since their rows begin at multiples of 4. Columns of V beyond the width of the panel may
// hold anything finite, because T has zeros there.

import package::qr::panel::Panel;

@group(0) @binding(0) var<storage, read_write> matrix: array<f32>;
@group(0) @binding(1) var<storage, read_write> reflectors: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> triangles: array<f32>;
@group(0) @binding(3) var<storage, read_write> products: array<vec4<f32>>;
@group(0) @binding(4) var<uniform> at: Panel;

/// Four elements of V, from row `row`, counted from the first of the panel, and column `i` on.
fn four_reflectors(row: u32, i: u32) -> vec4<f32> {
  return reflectors[(row * at.stride + i) / 4u];
}
