import { type Affine, affineMap } from '../arithmetic/affine_map';
import { FRACTION_BITS, LARGEST_NORMAL } from '../arithmetic/normal_range';
import { type Grid, gridOf } from '../arithmetic/permutation';
import { ArgumentError } from '../core/errors';
import { type ConstantParameters, constantParameters } from './constant';
import { type Distribution, FLOATS } from './distribution';
import { checkReach, location } from './fitting';
import { PADDING } from './members';
import { SAMPLING_NUMBERS } from './sampling';

/**
 * The draw of a row-major [rows, columns] matrix of normals of mean 0, with `zeros` zeros at random rows of each
 * column.
 *
 * @example
 * ```ts
 * import { sparse } from 'tensorseed/distributions';
 *
 * const draw = sparse({ sparsity: 0.5 }).resolve([5, 2]);
 * console.log(draw); // { kind: 'sparse', rows: 5, columns: 2, zeros: 3, stddev: 0.01 }
 * ```
 */
export interface SparseDraw {
  /** The kind of the draw. */
  readonly kind: 'sparse';
  /** The number of rows, below 2^31. */
  readonly rows: number;
  /** The number of columns, below 2^31. */
  readonly columns: number;
  /** The number of zeros in each column, at most `rows`. */
  readonly zeros: number;
  /** The standard deviation of all other elements, a finite number >= 0. */
  readonly stddev: number;
}

/** The parameters of the draw of such a matrix. */
export interface SparseParameters {
  readonly kernel: 'sparse';
  readonly affine: Affine;
  readonly grid: Grid;
  readonly rows: number;
  readonly zeros: number;
  readonly columns: number;
}

const MOST = 2 ** 31;

/** How such a matrix is drawn. */
export const sparse: Distribution<SparseDraw, SparseParameters, SparseParameters | ConstantParameters> = {
  numbers: SAMPLING_NUMBERS.sparse,
  dtypes: FLOATS,
  random: true,
  fillsMatrix: true,
  parameters({ rows, columns, zeros, stddev: given }, dtype) {
    const { stddev, ...at } = location(0, given, dtype);
    if (stddev === 0 || rows * columns === 0) return constantParameters('mean', 0, dtype);
    checkReach({ ...at, stddev }, -LARGEST_NORMAL, LARGEST_NORMAL, dtype);
    if (Math.max(rows, columns) >= MOST)
      throw new ArgumentError(
        `a sparse matrix must have less than 2^31 rows and columns, got ${rows} x ${columns}`,
      );
    if (zeros > rows)
      throw new ArgumentError(`zeros must be at most the number of rows, ${rows}, got ${zeros}`);
    return {
      kernel: 'sparse',
      affine: affineMap(0, stddev, 0, FRACTION_BITS),
      grid: gridOf(rows),
      rows,
      zeros,
      columns,
    };
  },
  kernels: {
    sparse({ affine, grid, zeros, columns }, { element }) {
      const first = 4 * Math.floor(element / 4);
      const row = Math.floor(first / columns);
      return [
        ['grid.column_bits', grid.columnBits],
        ['grid.row_last', grid.rowLast],
        ['grid.column_last', grid.columnLast],
        ['grid.pairs', grid.pairs],
        ['scale', affine.scale[0]],
        ['exponent', affine.exponent],
        ['zeros', zeros],
        ['columns', columns],
        ['row', row >>> 0],
        ['column', first - row * columns],
        PADDING,
        PADDING,
      ];
    },
  },
};
