// Finds the Householder reflectors of a panel, column after column (LAPACK's sgeqr2 and slarft).
// There are as many workgroups as slices of rows. Step j makes the reflector of column j - 1 from
// sums over that column, applies it to the columns on its right, and computes the sums for
// column j. So a step reads and writes the panel once, and waits only for the sums. Step 0 fetches
// the panel from the matrix. A single workgroup goes through all steps in one dispatch. Where there
// are several workgroups, each step is a dispatch. At the end `reflectors` holds V with its ones and
// zeros, and the matrix holds V below its diagonal and the diagonal of R on it. The rest of R is
// not needed.
//
// A sum is x^T a_k over the rows below the diagonal, for column k and x = column j. With the pivot
// row j it gives v^T a_k, where v is a one above x / (alpha - beta). So the sums do not need v,
// which is known only after them.

import package::qr::panel::PANEL;
import package::qr::vectors::{at, matrix, products, reflectors, triangles};

const THREADS: u32 = 256u;
const VECTORS: u32 = 8u;  // vectors of four columns in a row of the panel
const LINES: u32 = 32u;   // rows that a workgroup works on at a time; each invocation has one vector
const CHUNK: u32 = 1024u; // rows whose elements of two columns are in workgroup memory

var<workgroup> pivot_column: array<f32, 1024>; // x, as the step before left it
var<workgroup> next_column: array<f32, 1024>;  // the column that the sums are for, as the step before left it
var<workgroup> sums: array<vec4<f32>, 256>;
var<workgroup> totals: array<vec4<f32>, 8>;
var<workgroup> pivots: array<vec4<f32>, 8>;

struct Reflector {
  column: u32,
  beta: f32,
  tau: f32,
  scale: f32, // v is scale times x below its one
}

@compute @workgroup_size(THREADS)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3<u32>) {
  let start = at.slice_rows * group.x;
  let end = min(start + at.slice_rows, at.rows - at.first);
  for (var step = at.column; step < at.column_end; step++) {
    var h = Reflector(0u, 0.0, 0.0, 0.0);
    if (step > 0u) {
      h = reflector(step - 1u, thread);
    }
    if (group.x == 0u) {
      extend_triangle(step, thread, h);
    }

    let vector = thread % VECTORS;
    let factors = h.tau * (h.scale * totals[vector] + pivots[vector]);
    let next_factor = factor(h, step % PANEL);
    var sum = vec4<f32>();
    for (var chunk = start; chunk < end; chunk += CHUNK) {
      let chunk_end = min(chunk + CHUNK, end);
      for (var row = chunk + thread; row < chunk_end; row += THREADS) {
        pivot_column[row - chunk] = element(row, h.column);
        let first_column = matrix[(at.first + row) * at.columns + at.first];
        next_column[row - chunk] = select(element(row, step % PANEL), first_column, step == 0u);
      }
      workgroupBarrier();
      for (var row = chunk + thread / VECTORS; row < chunk_end; row += LINES) {
        let v = select(h.scale * pivot_column[row - chunk], 1.0, row == h.column);
        let four = reflected(step, h, row, vector, v, factors);
        if (row > step) {
          sum += (next_column[row - chunk] - next_factor * v) * four;
        } else if (row == step) {
          products[sums_of(step, at.slices) + vector] = four;
        }
      }
      workgroupBarrier();
    }
    let total = add_up(sum, thread);
    if (thread < VECTORS) {
      products[sums_of(step, group.x) + thread] = total;
    }
    storageBarrier();
    workgroupBarrier();
  }
}

/// An element of the panel.
fn element(row: u32, column: u32) -> f32 {
  return reflectors[(row * at.stride + column) / 4u][column % 4u];
}

/// tau v^T a_k. At step 0 tau is 0, and so is this.
fn factor(h: Reflector, k: u32) -> f32 {
  return h.tau * (h.scale * totals[k / 4u][k % 4u] + pivots[k / 4u][k % 4u]);
}

/// Applies a step to four elements of a row of the panel, and stores them. Step 0 copies them from
/// the matrix.
fn reflected(step: u32, h: Reflector, row: u32, vector: u32, v: f32, factors: vec4<f32>) -> vec4<f32> {
  let c = 4u * vector;
  if (c >= at.stride) {
    return vec4<f32>();
  }
  let place = (row * at.stride + c) / 4u;
  let in_matrix = (at.first + row) * at.columns + at.first;
  let columns = vec4<u32>(c, c + 1u, c + 2u, c + 3u);
  var four = reflectors[place];
  if (step == 0u) {
    for (var i = 0u; i < 4u; i++) {
      four[i] = select(0.0, matrix[in_matrix + c + i], c + i < at.width);
    }
  } else if (row == h.column) {
    let right = columns > vec4<u32>(h.column);
    four = select(select(four, vec4<f32>(1.0), columns == vec4<u32>(h.column)), vec4<f32>(), right);
  } else if (row > h.column) {
    let right = columns > vec4<u32>(h.column);
    four = select(select(four, vec4<f32>(v), columns == vec4<u32>(h.column)), four - v * factors, right);
  }
  if (c + 3u >= h.column) {
    reflectors[place] = four;
  }
  if (step > 0u && row >= h.column && vector == h.column / 4u) {
    matrix[in_matrix + h.column] = select(v, h.beta, row == h.column);
  }
  return four;
}

/// Where in `products` a workgroup puts its sums of a step. The pivot row follows those of the last
/// workgroup. Successive steps alternate between two places, because each reads what the step before has written.
fn sums_of(step: u32, group: u32) -> u32 {
  return VECTORS * ((step % 2u) * (at.slices + 1u) + group);
}

/// The sums over all lines of the workgroup, in its first line.
fn add_up(sum: vec4<f32>, thread: u32) -> vec4<f32> {
  sums[thread] = sum;
  workgroupBarrier();
  var total = vec4<f32>();
  if (thread < VECTORS) {
    for (var i = thread; i < THREADS; i += VECTORS) {
      total += sums[i];
    }
  }
  return total;
}

/// Makes the reflector of column j from the sums of all workgroups.
fn reflector(j: u32, thread: u32) -> Reflector {
  var sum = vec4<f32>();
  for (var slice = thread / VECTORS; slice < at.slices; slice += LINES) {
    sum += products[sums_of(j, slice) + thread % VECTORS];
  }
  let total = add_up(sum, thread);
  if (thread < VECTORS) {
    totals[thread] = total;
    pivots[thread] = products[sums_of(j, at.slices) + thread];
  }
  workgroupBarrier();

  // beta has the opposite sign of alpha, so that alpha - beta does not cancel.
  let alpha = pivots[j / 4u][j % 4u];
  let below = totals[j / 4u][j % 4u];
  var h = Reflector(j, alpha, 0.0, 0.0);
  if (below > 0.0) {
    let norm = sqrt(alpha * alpha + below);
    h.beta = select(norm, -norm, alpha >= 0.0);
    h.tau = (h.beta - alpha) / h.beta;
    h.scale = 1.0 / (alpha - h.beta);
  }
  return h;
}

/// Computes column `h.column` of T, one row in each invocation. At step 0 it clears T.
fn extend_triangle(step: u32, thread: u32, h: Reflector) {
  let corner = PANEL * at.first;
  if (step == 0u) {
    for (var i = thread; i < PANEL * PANEL; i += THREADS) {
      triangles[corner + i] = 0.0;
    }
  } else if (thread <= h.column) {
    let row = corner + PANEL * thread;
    var t = select(0.0, h.tau, thread == h.column);
    for (var i = thread; i < h.column; i++) {
      t -= triangles[row + i] * factor(h, i);
    }
    triangles[row + h.column] = t;
  }
}
