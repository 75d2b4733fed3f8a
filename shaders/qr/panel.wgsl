// What the kernels of the Householder QR factorization share. The matrix is cut into
// panels of 32 columns. The product of the reflectors H_j = I - tau_j v_j v_j^T of a panel is
// I - V T V^T, where T is upper triangular (the compact WY form: Schreiber and Van Loan, 1989).
// So everything outside of the panel itself is matrix products.

const PANEL: u32 = 32u;

struct Panel {
  rows: u32,       // rows of the matrix
  columns: u32,
  first: u32,      // first column of the panel, and the first row that its reflectors touch
  width: u32,      // columns of the panel
  stride: u32,     // distance of the rows of `reflectors`: at least the width, and a multiple of 4
  pitch: u32,      // distance of the rows of `products`: at least the columns, and a multiple of 4
  column: u32,     // columns [column, column_end) are worked on
  column_end: u32,
  slice_rows: u32, // rows that one slice of `project` sums over
  slices: u32,
  transposed: u32, // 1 applies I - V T^T V^T, which turns A into R; 0 applies I - V T V^T, for Q
}

@group(0) @binding(0) var<storage, read_write> matrix: array<f32>;     // rows x columns, row-major
@group(0) @binding(1) var<storage, read_write> reflectors: array<f32>; // V of the panel, from row `first` on
@group(0) @binding(2) var<storage, read_write> triangles: array<f32>;  // T of every panel, 32 x 32
@group(0) @binding(3) var<storage, read_write> products: array<f32>;   // V^T times columns: slices x 32 x pitch
@group(0) @binding(4) var<uniform> at: Panel;

/// The index in `matrix` of an element. The row counts from the first row of the panel.
fn place(row: u32, column: u32) -> u32 {
  return (at.first + row) * at.columns + column;
}
