import { float32Bits } from '../arithmetic/round';
import { type Distribution, FLOATS } from './distribution';
import { fitting } from './fitting';
import { PADDING } from './members';

/**
 * `gain` times Q of the QR factorization, with R's diagonal positive, of the standard normal
 * matrix with as many rows as the longer side; transposed where rows < columns. Row-major, from
 * element `offset` of the tensor on; 0 before and after it.
 */
export interface OrthogonalDraw {
  readonly kind: 'orthogonal';
  readonly rows: number;
  readonly columns: number;
  readonly gain: number;
  readonly offset: number;
}

export interface OrthogonalParameters {
  readonly kernel: 'orthogonal';
  readonly rows: number;
  readonly columns: number;
  /** The element where the matrix begins. */
  readonly offset: number;
  /** A float32 number. */
  readonly gain: number;
}

export const orthogonal: Distribution<OrthogonalDraw, OrthogonalParameters> = {
  dtypes: FLOATS,
  random: true,
  fillsMatrix: true,
  needsOperand: true,
  parameters: ({ rows, columns, offset, gain }, dtype) => ({
    kernel: 'orthogonal',
    rows,
    columns,
    offset,
    gain: Math.fround(fitting('gain', gain, dtype)),
  }),
  kernels: {
    orthogonal({ rows, columns, offset, gain }, { element, count }) {
      const [rowStride, columnStride] = rows < columns ? [1, rows] : [columns, 1];
      const first = element - offset;
      const touched = first < rows * columns && first + count > 0;
      return [
        ['columns', columns],
        ['row_stride', rowStride],
        ['column_stride', columnStride],
        ['gain', float32Bits(gain)],
        ['first', touched ? first >>> 0 : 0],
        ['count', touched ? rows * columns : 0],
        PADDING,
        PADDING,
      ];
    },
  },
};

/** The sides of the matrix that is factorized: the longer one has the rows. */
export function sidesOf({ rows, columns }: OrthogonalParameters): [rows: number, columns: number] {
  return [Math.max(rows, columns), Math.min(rows, columns)];
}
