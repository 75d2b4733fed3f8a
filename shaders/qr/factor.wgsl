// The Householder reflectors of columns [column, column_end) of a panel, by one workgroup
// (LAPACK's sgeqr2 and slarft). Below the diagonal the matrix then holds V, on and above
// it R; `reflectors` holds V with its ones and zeros. Invocations are 8 rows of 32 columns.

import package::qr::panel::{PANEL, at, matrix, place, reflectors, triangles};

const THREADS: u32 = 256u;
const LINES: u32 = 8u;

var<workgroup> sums: array<f32, 256>;
var<workgroup> more_sums: array<f32, 16>;
var<workgroup> dots: array<f32, 32>;
var<workgroup> triangle: array<f32, 1024>;

@compute @workgroup_size(THREADS)
fn main(@builtin(local_invocation_index) thread: u32) {
  let rows = at.rows - at.first;
  let lane = thread % PANEL;
  let line = thread / PANEL;
  let panel_triangle = PANEL * at.first;
  for (var i = thread; i < PANEL * PANEL; i += THREADS) {
    triangle[i] = select(triangles[panel_triangle + i], 0.0, at.column == 0u);
  }
  workgroupBarrier();

  for (var j = at.column; j < at.column_end; j++) {
    // The norm of what lies below the diagonal.
    let alpha = matrix[place(j, at.first + j)];
    var sum = 0.0;
    for (var r = j + 1u + thread; r < rows; r += THREADS) {
      let x = matrix[place(r, at.first + j)];
      sum += x * x;
    }
    sums[thread] = sum;
    workgroupBarrier();
    if (thread < 16u) {
      var part = 0.0;
      for (var i = 0u; i < 16u; i++) {
        part += sums[16u * thread + i];
      }
      more_sums[thread] = part;
    }
    workgroupBarrier();
    var below = 0.0;
    for (var i = 0u; i < 16u; i++) {
      below += more_sums[i];
    }

    // beta has the other sign than alpha, so that alpha - beta does not cancel.
    var beta = alpha;
    var tau = 0.0;
    var scale = 0.0;
    if (below > 0.0) {
      let norm = sqrt(alpha * alpha + below);
      beta = select(norm, -norm, alpha >= 0.0);
      tau = (beta - alpha) / beta;
      scale = 1.0 / (alpha - beta);
    }
    for (var r = thread; r < rows; r += THREADS) {
      var v = 0.0;
      if (r > j) {
        v = scale * matrix[place(r, at.first + j)];
        matrix[place(r, at.first + j)] = v;
      } else if (r == j) {
        v = 1.0;
        matrix[place(r, at.first + j)] = beta;
      }
      reflectors[r * at.stride + j] = v;
    }
    storageBarrier();
    workgroupBarrier();

    // v times the columns to its right, to reflect them, and those to its left, for T.
    var dot = 0.0;
    if (lane < at.width) {
      for (var r = j + line; r < rows; r += LINES) {
        dot += reflectors[r * at.stride + j] * matrix[place(r, at.first + lane)];
      }
    }
    sums[thread] = dot;
    workgroupBarrier();
    if (line == 0u) {
      var total = 0.0;
      for (var i = 0u; i < LINES; i++) {
        total += sums[PANEL * i + lane];
      }
      dots[lane] = tau * total;
    }
    workgroupBarrier();
    if (lane > j && lane < at.width) {
      let factor = dots[lane];
      for (var r = j + line; r < rows; r += LINES) {
        matrix[place(r, at.first + lane)] -= factor * reflectors[r * at.stride + j];
      }
    }
    if (thread < j) {
      var t = 0.0;
      for (var l = thread; l < j; l++) {
        t -= triangle[PANEL * thread + l] * dots[l];
      }
      triangle[PANEL * thread + j] = t;
    } else if (thread == j) {
      triangle[PANEL * thread + j] = tau;
    }
    storageBarrier();
    workgroupBarrier();
  }

  for (var i = thread; i < PANEL * PANEL; i += THREADS) {
    triangles[panel_triangle + i] = triangle[i];
  }
}
