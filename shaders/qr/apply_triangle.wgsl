// Sums the slices of `products`, and replaces slice 0 by T, or T^T, times the sum. Each
// invocation takes one column.

import package::qr::panel::{PANEL, at, products, triangles};

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let column = at.column + id.x;
  if (column >= at.column_end) {
    return;
  }
  var x: array<f32, 32>;
  for (var i = 0u; i < PANEL; i++) {
    var sum = 0.0;
    for (var slice = 0u; slice < at.slices; slice++) {
      sum += products[(PANEL * slice + i) * at.pitch + column];
    }
    x[i] = sum;
  }
  let corner = PANEL * at.first;
  for (var i = 0u; i < PANEL; i++) {
    var sum = 0.0;
    if (at.transposed == 1u) {
      for (var k = 0u; k <= i; k++) {
        sum += triangles[corner + PANEL * k + i] * x[k];
      }
    } else {
      for (var k = i; k < PANEL; k++) {
        sum += triangles[corner + PANEL * i + k] * x[k];
      }
    }
    products[i * at.pitch + column] = sum;
  }
}
