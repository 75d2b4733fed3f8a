// The Householder reflectors of a panel, column after column (LAPACK's sgeqr2 and slarft), by
// as many workgroups as there are slices of rows. Step j takes the reflector of column j - 1
// from sums over that column, applies it to the columns on its right, and sums for column j:
// it reads and writes the panel once, and the only wait is that for the sums. Step 0 fetches
// the panel from the matrix. One workgroup alone goes through all steps in one dispatch; of
// several, each dispatch is one step. In the end `reflectors` holds V with its ones and zeros, the
// matrix V below its diagonal and R's diagonal on it. The rest of R is not needed.
//
// A sum is x^T a_k over the rows below the diagonal, for column k and x = column j. With the pivot row j added
// it becomes v^T a_k, v being x / (alpha - beta) below a one, though v is not known before.

import package::qr::panel::PANEL;
import package::qr::vectors::{at, matrix, products, reflectors, triangles};

const THREADS: u32 = 64u;
const VECTORS: u32 = 8u; // of four columns: a row of the panel

var<workgroup> sums: array<vec4<f32>, 512>; // THREADS x VECTORS
var<workgroup> parts: array<vec4<f32>, 64>;
var<workgroup> totals: array<vec4<f32>, 8>;
var<workgroup> pivots: array<vec4<f32>, 8>;
var<workgroup> factors: array<vec4<f32>, 8>; // tau v^T a_k

struct Reflector {
  column: u32,
  beta: f32,
  tau: f32,
  scale: f32, // of x, for v
}

@compute @workgroup_size(THREADS)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3<u32>) {
  let start = at.slice_rows * group.x;
  let end = min(start + at.slice_rows, at.rows - at.first);
  for (var step = at.column; step < at.column_end; step++) {
    var h = Reflector();
    if (step > 0u) {
      h = reflector(step - 1u, thread);
    }
    if (group.x == 0u && thread < PANEL) {
      triangle_row(step, thread, h);
    }

    var dots = array<vec4<f32>, 8>();
    for (var row = start + thread; row < end; row += THREADS) {
      var fours = array<vec4<f32>, 8>();
      if (step == 0u) {
        fours = fetched(row);
      } else if (row >= h.column) {
        fours = reflected(row, h);
      }
      if (row > step && step < at.width) {
        let x = reflectors[(row * at.stride + step) / 4u][step % 4u];
        for (var i = 0u; i < VECTORS; i++) {
          dots[i] += x * fours[i];
        }
      } else if (row == step && step < at.width) {
        for (var i = 0u; i < VECTORS; i++) {
          products[sums_of(step, at.slices) + i] = fours[i];
        }
      }
    }
    for (var i = 0u; i < VECTORS; i++) {
      sums[VECTORS * thread + i] = dots[i];
    }
    workgroupBarrier();
    let first = 64u * (thread / VECTORS) + thread % VECTORS;
    var part = vec4<f32>();
    for (var i = 0u; i < 8u; i++) {
      part += sums[first + VECTORS * i];
    }
    parts[thread] = part;
    workgroupBarrier();
    if (thread < VECTORS) {
      products[sums_of(step, group.x) + thread] = total_of_parts(thread);
    }
    storageBarrier();
    workgroupBarrier();
  }
}

/// Where in `products` the sums of a step by a workgroup are, and after the last workgroup's the pivot row.
/// Successive steps alternate between two places, for one reads what the step before has written.
fn sums_of(step: u32, group: u32) -> u32 {
  return VECTORS * ((step % 2u) * (at.slices + 1u) + group);
}

fn total_of_parts(i: u32) -> vec4<f32> {
  var total = vec4<f32>();
  for (var k = 0u; k < 8u; k++) {
    total += parts[VECTORS * k + i];
  }
  return total;
}

/// The reflector of column j, and `factors`.
fn reflector(j: u32, thread: u32) -> Reflector {
  var part = vec4<f32>();
  for (var slice = thread / VECTORS; slice < at.slices; slice += 8u) {
    part += products[sums_of(j, slice) + thread % VECTORS];
  }
  parts[thread] = part;
  workgroupBarrier();
  if (thread < VECTORS) {
    totals[thread] = total_of_parts(thread);
    pivots[thread] = products[sums_of(j, at.slices) + thread];
  }
  workgroupBarrier();

  // beta has the other sign than alpha, so that alpha - beta does not cancel.
  let alpha = pivots[j / 4u][j % 4u];
  let below = totals[j / 4u][j % 4u];
  var h = Reflector(j, alpha, 0.0, 0.0);
  if (below > 0.0) {
    let norm = sqrt(alpha * alpha + below);
    h.beta = select(norm, -norm, alpha >= 0.0);
    h.tau = (h.beta - alpha) / h.beta;
    h.scale = 1.0 / (alpha - h.beta);
  }
  if (thread < VECTORS) {
    factors[thread] = h.tau * (h.scale * totals[thread] + pivots[thread]);
  }
  workgroupBarrier();
  return h;
}

/// Element `h.column` of a row of T, from the elements of V^T v; step 0 clears the row.
fn triangle_row(step: u32, row: u32, h: Reflector) {
  let place = PANEL * (at.first + row);
  if (step == 0u) {
    for (var i = 0u; i < PANEL; i++) {
      triangles[place + i] = 0.0;
    }
  } else if (row < h.column) {
    var t = 0.0;
    for (var i = row; i < h.column; i++) {
      t -= triangles[place + i] * factors[i / 4u][i % 4u];
    }
    triangles[place + h.column] = t;
  } else if (row == h.column) {
    triangles[place + row] = h.tau;
  }
}

/// A row of the panel, copied from the matrix into `reflectors`.
fn fetched(row: u32) -> array<vec4<f32>, 8> {
  var fours = array<vec4<f32>, 8>();
  let place = (at.first + row) * at.columns + at.first;
  for (var i = 0u; i < VECTORS; i++) {
    let c = 4u * i;
    if (c < at.width) {
      let four = vec4<f32>(matrix[place + c], matrix[place + c + 1u], matrix[place + c + 2u], matrix[place + c + 3u]);
      fours[i] = select(vec4<f32>(), four, vec4<u32>(c, c + 1u, c + 2u, c + 3u) < vec4<u32>(at.width));
      reflectors[(row * at.stride + c) / 4u] = fours[i];
    } else if (c < at.stride) {
      reflectors[(row * at.stride + c) / 4u] = vec4<f32>();
    }
  }
  return fours;
}

/// A row of the panel, from the diagonal down, with the reflector applied and stored.
fn reflected(row: u32, h: Reflector) -> array<vec4<f32>, 8> {
  var fours = array<vec4<f32>, 8>();
  let diagonal = row == h.column;
  let v = select(h.scale * reflectors[(row * at.stride + h.column) / 4u][h.column % 4u], 1.0, diagonal);
  matrix[(at.first + row) * at.columns + at.first + h.column] = select(v, h.beta, diagonal);
  for (var i = 0u; i < VECTORS; i++) {
    let c = 4u * i;
    if (c < at.stride) {
      let place = (row * at.stride + c) / 4u;
      fours[i] = reflectors[place];
      if (c + 3u >= h.column) {
        let columns = vec4<u32>(c, c + 1u, c + 2u, c + 3u);
        let right = select(fours[i] - v * factors[i], vec4<f32>(), diagonal);
        let kept = select(fours[i], right, columns > vec4<u32>(h.column));
        fours[i] = select(kept, vec4<f32>(v), columns == vec4<u32>(h.column));
        reflectors[place] = fours[i];
      }
    }
  }
  return fours;
}
