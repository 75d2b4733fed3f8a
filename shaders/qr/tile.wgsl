// The inner part of a matrix product. A workgroup multiplies two tiles of 32 rows that lie in
// workgroup memory, the left one transposed. Each invocation has 4 x 4 elements in registers.

const TILE_ROWS: u32 = 32u;    // rows of the product
const TILE_COLUMNS: u32 = 64u; // columns of the product
const TILE_DEPTH: u32 = 32u;   // rows that are summed over
const TILE_THREADS: u32 = 128u;

var<workgroup> tile_left: array<vec4<f32>, 256>;  // TILE_DEPTH x TILE_ROWS, four columns a vector
var<workgroup> tile_right: array<vec4<f32>, 512>; // TILE_DEPTH x TILE_COLUMNS, four columns a vector

/// The first of the four consecutive rows of the product that an invocation computes.
fn tile_row(thread: u32) -> u32 {
  return 4u * (thread / 16u);
}

/// The first of its four consecutive columns.
fn tile_column(thread: u32) -> u32 {
  return 4u * (thread % 16u);
}

/// The part of left^T * right that an invocation computes, one row in each vector.
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
