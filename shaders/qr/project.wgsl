// products = V^T C for the columns C of the matrix. In y each workgroup takes one slice of the
// rows, so that there is work for all of them. apply_triangle sums the slices.

import package::qr::panel::PANEL;
import package::qr::tile::{TILE_COLUMNS, TILE_DEPTH, TILE_THREADS};
import package::qr::tile::{tile_column, tile_left, tile_product, tile_right, tile_row};
import package::qr::vectors::{at, four_reflectors, matrix, products};

@compute @workgroup_size(TILE_THREADS)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3<u32>) {
  let column = at.column + TILE_COLUMNS * group.x;
  let start = at.slice_rows * group.y;
  let end = min(start + at.slice_rows, at.rows - at.first);
  var total = mat4x4<f32>();
  for (var row = start; row < end; row += TILE_DEPTH) {
    for (var i = thread; i < 256u; i += TILE_THREADS) {
      tile_left[i] = four_reflectors(row + i / 8u, 4u * (i % 8u));
    }
    for (var i = thread; i < 512u; i += TILE_THREADS) {
      let r = row + i / 16u;
      let c = column + 4u * (i % 16u);
      let place = (at.first + r) * at.columns + c;
      let four = vec4<f32>(matrix[place], matrix[place + 1u], matrix[place + 2u], matrix[place + 3u]);
      let columns = vec4<u32>(c, c + 1u, c + 2u, c + 3u);
      tile_right[i] = select(vec4<f32>(), four, columns < vec4<u32>(select(0u, at.column_end, r < end)));
    }
    workgroupBarrier();
    total += tile_product(thread); // Sums of 32 are summed, which makes shorter chains of roundings.
    workgroupBarrier();
  }
  let first = column + tile_column(thread);
  if (first < at.column_end) {
    for (var i = 0u; i < 4u; i++) {
      products[((PANEL * group.y + tile_row(thread) + i) * at.pitch + first) / 4u] = total[i];
    }
  }
}
