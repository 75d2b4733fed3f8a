// The inside of a matrix product: a workgroup multiplies two tiles of 32 rows that lie in
// workgroup memory, the left one transposed, each invocation 4 x 4 elements in registers.

const TILE_ROWS: u32 = 32u;    // of the product
const TILE_COLUMNS: u32 = 64u; // of the product
const TILE_DEPTH: u32 = 32u;   // summed over
const TILE_THREADS: u32 = 128u;

var<workgroup> tile_left: array<vec4<f32>, 256>;  // TILE_DEPTH x TILE_ROWS, four columns a vector
var<workgroup> tile_right: array<vec4<f32>, 512>; // TILE_DEPTH x TILE_COLUMNS, likewise

/// The first row of the product that an invocation computes; its four rows are consecutive.
fn tile_row(thread: u32) -> u32 {
  return 4u * (thread / 16u);
}

/// Its first column, likewise.
fn tile_column(thread: u32) -> u32 {
  return 4u * (thread % 16u);
}

/// The invocation's part of left^T * right: one row a vector.
fn tile_product(thread: u32) -> mat4x4<f32> {
  let row = thread / 16u;
  let column = thread % 16u;
  var a = vec4<f32>();
  var b = vec4<f32>();
  var c = vec4<f32>();
  var d = vec4<f32>();
  for (var k = 0u; k < TILE_DEPTH; k++) {
    let left = tile_left[8u * k + row];
    let right = tile_right[16u * k + column];
    a += left.x * right;
    b += left.y * right;
    c += left.z * right;
    d += left.w * right;
  }
  return mat4x4<f32>(a, b, c, d);
}
