/** A tensor's elements as the numbers of a row-major matrix. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: ArrayLike<number>;
}

/** The largest |element| of Q^T Q - I, or of Q Q^T - I where Q has fewer rows than columns. */
export function orthogonalityError({ rows, columns, data }: Matrix): number {
  const wide = rows < columns;
  const n = Math.min(rows, columns);
  const m = Math.max(rows, columns);
  const at = (r: number, c: number): number => (wide ? data[c * columns + r] : data[r * columns + c]);
  let worst = 0;
  const sums = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    sums.fill(0);
    for (let r = 0; r < m; r++) {
      const x = at(r, i);
      for (let j = i; j < n; j++) sums[j] += x * at(r, j);
    }
    for (let j = i; j < n; j++) worst = Math.max(worst, Math.abs(sums[j] - Number(i === j)));
  }
  return worst;
}

/** The largest |a - b|. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let worst = 0;
  for (let i = 0; i < a.length; i++) worst = Math.max(worst, Math.abs(a[i] - b[i]));
  return worst;
}

/** A tensor as the matrix of all its axes but the last. */
export function matrixOf(shape: readonly number[], data: ArrayLike<number>): Matrix {
  const columns = shape[shape.length - 1];
  return { rows: data.length / columns, columns, data };
}

/**
 * [n, seed] of n x n matrices whose normals are badly conditioned even without their last column (which follows
 * from the others): the worst for their n of 60,000 seeds at n = 3, 40,000 at 4, 12,000 at 8, 3,000 at 16 and 600
 * at 64.
 */
export const ILL_CONDITIONED = [
  [3, 8580],
  [3, 14141],
  [4, 3684],
  [4, 28387],
  [8, 4383],
  [16, 95],
  [64, 212],
] as const;
