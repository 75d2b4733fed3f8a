/**
 * Twin of shaders/qr in float64. Every sum is added in the order of its terms, so that every implementation
 * gets the same bits.
 */

import { PANEL } from '../../../jobs/qr_plan';

/** The multiply-adds between two looks at the clock. They take some milliseconds. */
const WORK_PER_STEP = 2 ** 23;

/** The columns of a panel of `rows` rows that are factored between two looks at the clock. */
export function factoredPerStep(rows: number): number {
  return Math.ceil(WORK_PER_STEP / (2 * PANEL * rows));
}

/** The columns of `rows` rows to which reflectors are applied between two looks at the clock. */
export function appliedPerStep(rows: number): number {
  return 4 * Math.ceil(WORK_PER_STEP / (8 * PANEL * rows));
}

/** The work of a factorization, as rows times columns. */
export function workOf(rows: number, columns: number): number {
  let work = 0;
  for (let first = 0; first < columns; first += PANEL) work += (rows - first) * 2 * (columns - first);
  return work;
}

/**
 * A matrix on its way to the Q of its QR factorization. The functions work on the panel of 32 columns that
 * begins in column `first` and row `first`.
 */
export interface Qr {
  readonly rows: number;
  readonly columns: number;
  /**
   * Finds the reflectors of the columns [begin, end) of the panel, counted in the panel. Each is applied to the
   * panel's columns on its right. It is called for all columns, from left to right.
   */
  factor(first: number, begin: number, end: number): void;
  /**
   * Applies the reflectors of the panel to the columns [begin, end): transposed I - V T^T V^T, which turns A
   * into R, otherwise I - V T V^T, for Q. `begin` is a multiple of 4.
   */
  apply(first: number, transposed: boolean, begin: number, end: number): void;
  /**
   * Takes V from the matrix, and puts in its place the unit columns that the reflectors turn into columns of
   * Q.
   */
  unpack(first: number): void;
  /** An element of the matrix in its present state. */
  element(row: number, column: number): number;
  /** Lets the memory be used again. No function may be called afterwards. */
  close(): void;
}

/**
 * Turns a matrix, rows >= columns, into the Q of its Householder QR factorization with a positive diagonal of
 * R, like LAPACK's dgeqrf and dorgqr (Golub and Van Loan, Matrix Computations, section 5.2).
 * @param pause is called and awaited many times, with the share of the work that is done
 */
export async function orthonormalize(qr: Qr, pause: (share: number) => Promise<void>): Promise<void> {
  const { rows, columns } = qr;
  const total = workOf(rows, columns);
  let done = 0;
  const did = async (first: number, width: number): Promise<void> => {
    done += (rows - first) * width;
    await pause(done / total);
  };
  const apply = async (first: number, transposed: boolean, from: number): Promise<void> => {
    const width = appliedPerStep(rows - first);
    for (let begin = from; begin < columns; begin += width) {
      const end = Math.min(begin + width, columns);
      qr.apply(first, transposed, begin, end);
      await did(first, end - begin);
    }
  };
  for (let first = 0; first < columns; first += PANEL) {
    const width = Math.min(PANEL, columns - first);
    const most = factoredPerStep(rows - first);
    for (let begin = 0; begin < width; begin += most) {
      const end = Math.min(begin + most, width);
      qr.factor(first, begin, end);
      await did(first, end - begin);
    }
    await apply(first, true, first + PANEL);
  }
  for (let first = PANEL * Math.floor((columns - 1) / PANEL); first >= 0; first -= PANEL) {
    qr.unpack(first);
    await apply(first, false, first);
  }
}

/** A factorization in plain TypeScript. */
export class PlainQr implements Qr {
  /** V of the current panel, [rows, PANEL], from row `first` on, with its ones and zeros. */
  private readonly v: Float64Array;
  /** T of every panel, [panels, PANEL, PANEL]. */
  private readonly triangles: Float64Array;

  /** @param a the matrix, row-major, which is changed in place */
  constructor(
    private readonly a: Float64Array,
    readonly rows: number,
    readonly columns: number,
  ) {
    this.v = new Float64Array(PANEL * rows);
    this.triangles = new Float64Array(PANEL * PANEL * Math.ceil(columns / PANEL));
  }

  factor(first: number, begin: number, end: number): void {
    const width = this.width(first);
    for (let j = begin; j < end; j++) this.reflect(first, width, j);
    if (end === width) this.copyReflectors(first, width);
  }

  /**
   * Makes the reflector of column j of the panel, I - tau v v^T with a 1 on top of v, applies it to the
   * columns on its right, and makes its column of T.
   */
  private reflect(first: number, width: number, j: number): void {
    const { a, rows, columns } = this;
    const top = (first + j) * columns + first;
    const end = rows * columns;
    const alpha = a[top + j];
    let below = 0;
    for (let row = top + columns; row < end; row += columns) below += a[row + j] ** 2;
    // beta has the opposite sign of alpha, so that alpha - beta does not cancel.
    const norm = Math.sqrt(alpha * alpha + below);
    const beta = below === 0 ? alpha : alpha >= 0 ? -norm : norm;
    const tau = below === 0 ? 0 : (beta - alpha) / beta;
    if (below !== 0) for (let row = top + columns; row < end; row += columns) a[row + j] /= alpha - beta;

    // v^T times every column. The columns on the left are reflectors, and their products are for T.
    const sums = a.slice(top, top + width);
    for (let row = top + columns; row < end; row += columns) {
      for (let k = 0; k < width; k++) sums[k] += a[row + j] * a[row + k];
    }
    this.extendTriangle(first, j, tau, sums);
    for (let k = j + 1; k < width; k++) a[top + k] -= tau * sums[k];
    for (let row = top + columns; row < end; row += columns) {
      for (let k = j + 1; k < width; k++) a[row + k] -= a[row + j] * (tau * sums[k]);
    }
    a[top + j] = beta;
  }

  private extendTriangle(first: number, j: number, tau: number, sums: Float64Array): void {
    const t = this.triangle(first);
    for (let i = 0; i < j; i++) {
      let sum = 0;
      for (let k = i; k < j; k++) sum += t[PANEL * i + k] * sums[k];
      t[PANEL * i + j] = -tau * sum;
    }
    t[PANEL * j + j] = tau;
  }

  apply(first: number, transposed: boolean, begin: number, end: number): void {
    const w = new Float64Array(PANEL * (end - begin));
    this.project(first, begin, end, w);
    this.applyTriangle(first, transposed, end - begin, w);
    this.update(first, begin, end, w);
  }

  /** Computes W = V^T C. */
  private project(first: number, begin: number, end: number, w: Float64Array): void {
    const { a, v, rows, columns } = this;
    for (let r = 0; r < rows - first; r++) {
      for (let i = 0, to = 0; i < PANEL; i++) {
        const x = v[PANEL * r + i];
        for (let at = (first + r) * columns + begin, last = at + end - begin; at < last; at++, to++)
          w[to] += x * a[at];
      }
    }
  }

  /** Computes W = T^T W or T W in place. Row i needs only rows above it, or only rows below it. */
  private applyTriangle(first: number, transposed: boolean, width: number, w: Float64Array): void {
    const t = this.triangle(first);
    for (let n = 0; n < PANEL; n++) {
      const i = transposed ? PANEL - 1 - n : n;
      const sums = new Float64Array(width);
      for (let k = transposed ? 0 : i; k < (transposed ? i + 1 : PANEL); k++) {
        const x = transposed ? t[PANEL * k + i] : t[PANEL * i + k];
        for (let c = 0; c < width; c++) sums[c] += x * w[width * k + c];
      }
      w.set(sums, width * i);
    }
  }

  /** Computes C -= V W. */
  private update(first: number, begin: number, end: number, w: Float64Array): void {
    const { a, v, rows, columns } = this;
    for (let r = 0; r < rows - first; r++) {
      for (let i = 0, from = 0; i < PANEL; i++) {
        const x = v[PANEL * r + i];
        for (let at = (first + r) * columns + begin, last = at + end - begin; at < last; at++, from++)
          a[at] -= x * w[from];
      }
    }
  }

  unpack(first: number): void {
    const { a, rows, columns } = this;
    const width = this.width(first);
    this.copyReflectors(first, width);
    for (let j = 0; j < width; j++) {
      const diagonal = (first + j) * columns + first + j;
      const sign = a[diagonal] < 0 ? -1 : 1;
      for (let row = first; row < rows; row++) a[row * columns + first + j] = 0;
      a.fill(0, diagonal, (first + j + 1) * columns);
      a[diagonal] = sign;
    }
  }

  element(row: number, column: number): number {
    return this.a[row * this.columns + column];
  }

  close(): void {
    // The memory is the caller's.
  }

  private copyReflectors(first: number, width: number): void {
    const { a, v, rows, columns } = this;
    for (let r = 0; r < rows - first; r++) {
      for (let i = 0; i < PANEL; i++) {
        v[PANEL * r + i] = i === r ? 1 : i < r && i < width ? a[(first + r) * columns + first + i] : 0;
      }
    }
  }

  private width(first: number): number {
    return Math.min(PANEL, this.columns - first);
  }

  private triangle(first: number): Float64Array {
    return this.triangles.subarray(PANEL * first, PANEL * (first + PANEL));
  }
}
