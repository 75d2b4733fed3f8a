import { type OrthogonalParameters, sidesOf } from '../distributions/orthogonal';
import { fillReference } from '../backends/cpu/reference/fill';
import { type FloatDtype, SPACING, SUBNORMAL } from '../core/dtype';
import type { Job } from '../sampler';

/**
 * How far float32 sums may be off: for every row of the shorter side, and for every unit of a
 * column's condition.
 */
const FLAT = 64 * 2 ** -24;
const CONDITIONED = 16 * 2 ** -24;

/**
 * Decides whether elements of an orthogonal tensor are what its seed stands for (STREAM.md, section
 * 8). On a GPU the sums are float32, and their errors move a column of Q the further, the worse its
 * condition is. The conditions are computed when they are first needed.
 */
export class OrthogonalCheck {
  private conditions: Float64Array | undefined;

  constructor(
    private readonly params: OrthogonalParameters,
    private readonly key: Job['key'],
  ) {}

  /**
   * @param element counted row-major in the tensor
   * @param want the value of the float64 reference, rounded to the dtype
   */
  agrees(dtype: FloatDtype, element: number, got: number, want: number): boolean {
    const { rows, columns, offset, gain } = this.params;
    const index = element - offset;
    if (index < 0 || index >= rows * columns) return Object.is(got, want);
    const excess = Math.abs(got - want) - SPACING[dtype] * Math.abs(want) - SUBNORMAL[dtype];
    if (excess <= FLAT * Math.max(Math.min(rows, columns), 4) * Math.abs(gain)) return true;
    if (Number.isNaN(excess)) return false;
    this.conditions ??= conditionsOf(this.params, this.key);
    const condition = this.conditions[rows < columns ? Math.floor(index / columns) : index % columns];
    return excess <= CONDITIONED * condition * Math.abs(gain);
  }
}

function conditionsOf(params: OrthogonalParameters, key: Job['key']): Float64Array {
  const [m, n] = sidesOf(params);
  const a = new Float32Array(m * n);
  fillReference(params.normals, key, 'float32', 0, new Uint32Array(a.buffer));
  return columnConditions(a, m, n);
}

/**
 * Returns for each column j of Q in A = Q R the Frobenius norm of the first j + 1 columns of D
 * R^-1, where D has the norms of A's columns on its diagonal. If A's columns change by at most e
 * times their norms, column j of Q changes by a small multiple of e times that, to first order
 * (Stewart, "On the perturbation of LU, Cholesky, and QR factorizations", 1993); and a Householder
 * QR is exact for such an A (Higham, Accuracy and Stability of Numerical Algorithms, theorem 19.4).
 * @param a row-major [m, n], m >= n
 */
export function columnConditions(a: ArrayLike<number>, m: number, n: number): Float64Array {
  const { norms, r } = triangularize(a, m, n);
  const conditions = new Float64Array(n);
  const inverse = new Float64Array(n); // one column of R^-1
  let squares = 0;
  for (let c = 0; c < n; c++) {
    inverse[c] = 1 / r[c * n + c];
    for (let i = c - 1; i >= 0; i--) {
      let sum = 0;
      for (let k = i + 1; k <= c; k++) sum -= r[i * n + k] * inverse[k];
      inverse[i] = sum / r[i * n + i];
    }
    for (let i = 0; i <= c; i++) squares += (norms[i] * inverse[i]) ** 2;
    conditions[c] = Number.isNaN(squares) ? Infinity : Math.sqrt(squares); // NaN where A is singular
  }
  return conditions;
}

/** Returns R, computed by modified Gram-Schmidt, and the norms of A's columns. */
function triangularize(a: ArrayLike<number>, m: number, n: number): { norms: Float64Array; r: Float64Array } {
  const columns = Array.from({ length: n }, (_, j) =>
    Float64Array.from({ length: m }, (_, row) => a[row * n + j]),
  );
  const norms = Float64Array.from(columns, (column) => Math.sqrt(dot(column, column)));
  const r = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    const q = columns[j];
    const norm = Math.sqrt(dot(q, q));
    r[j * n + j] = norm;
    for (let row = 0; row < m; row++) q[row] /= norm;
    for (let k = j + 1; k < n; k++) {
      const factor = dot(q, columns[k]);
      r[j * n + k] = factor;
      for (let row = 0; row < m; row++) columns[k][row] -= factor * q[row];
    }
  }
  return { norms, r };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
