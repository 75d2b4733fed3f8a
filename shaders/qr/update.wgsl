// C -= V products, for the columns C of the matrix: with project and apply_triangle before
// it, C becomes (I - V T V^T) C. One tile a workgroup.

import package::qr::panel::{at, matrix, place, products, reflectors};
import package::qr::tile::{TILE_COLUMNS, TILE_ROWS, TILE_THREADS, tile_column, tile_left, tile_product, tile_right, tile_row};

fn reflector(row: u32, i: u32) -> f32 {
  return select(0.0, reflectors[row * at.stride + i], row < at.rows - at.first && i < at.width);
}

fn product(i: u32, column: u32) -> f32 {
  return select(0.0, products[i * at.columns + column], column < at.column_end);
}

@compute @workgroup_size(TILE_THREADS)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3<u32>) {
  let column = at.column + TILE_COLUMNS * group.x;
  let row = TILE_ROWS * group.y;
  for (var n = thread; n < 256u; n += TILE_THREADS) {
    let i = n / 8u;
    let r = row + 4u * (n % 8u);
    tile_left[n] = vec4<f32>(reflector(r, i), reflector(r + 1u, i), reflector(r + 2u, i), reflector(r + 3u, i));
  }
  for (var n = thread; n < 512u; n += TILE_THREADS) {
    let i = n / 16u;
    let c = column + 4u * (n % 16u);
    tile_right[n] = vec4<f32>(product(i, c), product(i, c + 1u), product(i, c + 2u), product(i, c + 3u));
  }
  workgroupBarrier();
  let total = tile_product(thread);
  for (var i = 0u; i < 4u; i++) {
    let r = row + tile_row(thread) + i;
    for (var k = 0u; k < 4u; k++) {
      let c = column + tile_column(thread) + k;
      if (r < at.rows - at.first && c < at.column_end) {
        matrix[place(r, c)] -= total[i][k];
      }
    }
  }
}
