// products = V^T C for the columns C of the matrix, one slice of rows a workgroup in y,
// so that there is work for all; the slices are summed in apply_triangle.

import package::qr::panel::{PANEL, at, matrix, place, products, reflectors};
import package::qr::tile::{TILE_COLUMNS, TILE_DEPTH, TILE_THREADS, tile_column, tile_left, tile_product, tile_right, tile_row};

fn reflector(row: u32, i: u32, end: u32) -> f32 {
  return select(0.0, reflectors[row * at.stride + i], row < end && i < at.width);
}

fn element(row: u32, column: u32, end: u32) -> f32 {
  return select(0.0, matrix[place(row, column)], row < end && column < at.column_end);
}

@compute @workgroup_size(TILE_THREADS)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3<u32>) {
  let column = at.column + TILE_COLUMNS * group.x;
  let start = at.slice_rows * group.y;
  let end = min(start + at.slice_rows, at.rows - at.first);
  var total = mat4x4<f32>();
  for (var row = start; row < end; row += TILE_DEPTH) {
    for (var i = thread; i < 256u; i += TILE_THREADS) {
      let r = row + i / 8u;
      let c = 4u * (i % 8u);
      tile_left[i] = vec4<f32>(reflector(r, c, end), reflector(r, c + 1u, end), reflector(r, c + 2u, end), reflector(r, c + 3u, end));
    }
    for (var i = thread; i < 512u; i += TILE_THREADS) {
      let r = row + i / 16u;
      let c = column + 4u * (i % 16u);
      tile_right[i] = vec4<f32>(element(r, c, end), element(r, c + 1u, end), element(r, c + 2u, end), element(r, c + 3u, end));
    }
    workgroupBarrier();
    total += tile_product(thread); // sums of 32, then sums of those: a shorter chain of roundings
    workgroupBarrier();
  }
  for (var i = 0u; i < 4u; i++) {
    let line = (PANEL * group.y + tile_row(thread) + i) * at.columns;
    for (var k = 0u; k < 4u; k++) {
      let c = column + tile_column(thread) + k;
      if (c < at.column_end) {
        products[line + c] = total[i][k];
      }
    }
  }
}
