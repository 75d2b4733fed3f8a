// Makes room for Q where the factorization left V and R. It moves V of a panel from the matrix
// to `reflectors`, with its ones and zeros. In its place it puts the unit columns that the
// reflectors will turn into columns of Q. Each has the sign of R's diagonal element, which makes
// the diagonal of R positive. It clears R to the right of the panel.

import package::qr::panel::{at, matrix, place, reflectors};

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  let threads = 64u * workgroups.x;
  let elements = (at.rows - at.first) * at.width;
  for (var i = id.x; i < elements; i += threads) {
    let r = i / at.width;
    let c = i % at.width;
    let index = place(r, at.first + c);
    let x = matrix[index];
    reflectors[r * at.stride + c] = select(select(0.0, 1.0, r == c), x, r > c);
    matrix[index] = select(0.0, select(1.0, -1.0, x < 0.0), r == c);
  }
  let right = at.columns - at.first - at.width;
  for (var i = id.x; i < at.width * right; i += threads) {
    matrix[place(i / right, at.first + at.width + i % right)] = 0.0;
  }
}
