// C -= V products, for the columns C of the matrix. After project and apply_triangle this makes
// (I - V T V^T) C of C. Each workgroup computes one tile.

import package::qr::tile::{TILE_COLUMNS, TILE_ROWS, TILE_THREADS};
import package::qr::tile::{tile_column, tile_left, tile_product, tile_right, tile_row};
import package::qr::vectors::{at, four_reflectors, matrix, products};

@compute @workgroup_size(TILE_THREADS)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3<u32>) {
  let column = at.column + TILE_COLUMNS * group.x;
  let row = TILE_ROWS * group.y;
  // Each invocation loads 4 x 4 elements of V and transposes them.
  if (thread < 64u) {
    let r = thread % 8u;
    let i = 4u * (thread / 8u);
    let four = transpose(mat4x4<f32>(
      four_reflectors(row + 4u * r, i), four_reflectors(row + 4u * r + 1u, i),
      four_reflectors(row + 4u * r + 2u, i), four_reflectors(row + 4u * r + 3u, i)));
    for (var k = 0u; k < 4u; k++) {
      tile_left[8u * (i + k) + r] = four[k];
    }
  }
  for (var n = thread; n < 512u; n += TILE_THREADS) {
    tile_right[n] = products[((n / 16u) * at.pitch + column) / 4u + n % 16u];
  }
  workgroupBarrier();
  let product = tile_product(thread);
  let c = column + tile_column(thread);
  for (var i = 0u; i < 4u; i++) {
    let r = row + tile_row(thread) + i;
    let place = (at.first + r) * at.columns + c;
    if (r < at.rows - at.first) {
      for (var k = 0u; k < 4u; k++) {
        if (c + k < at.column_end) {
          matrix[place + k] -= product[i][k];
        }
      }
    }
  }
}
