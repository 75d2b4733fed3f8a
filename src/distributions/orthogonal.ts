import { float32Bits } from '../arithmetic/round';
import { type Distribution, FLOATS, type StreamDistribution } from './distribution';
import { fitting } from './fitting';
import type { ForeignParameters } from './foreign';
import { PADDING } from './members';
import { type NormalParameters, STANDARD_NORMAL_PARAMETERS } from './normal';

/**
 * The draw of a random orthogonal matrix, multiplied by `gain`.
 *
 * The matrix is Q of the QR factorization of a standard normal matrix whose rows are the longer side, with
 * the diagonal of R made positive. It is transposed where rows < columns. It lies row-major in the tensor
 * from element `offset` on, and all other elements are 0.
 * @see Mezzadri, 2007, https://arxiv.org/abs/math-ph/0609050
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const size = { rows: 64, columns: 64 };
 * const draw: initializers.OrthogonalDraw = { kind: 'orthogonal', ...size, gain: 1, offset: 0 };
 * console.log(initializers.orthogonal().resolve([64, 64]).kind === draw.kind); // true
 * ```
 */
export interface OrthogonalDraw {
  /** The kind of the draw. */
  readonly kind: 'orthogonal';
  /** The number of rows. */
  readonly rows: number;
  /** The number of columns. */
  readonly columns: number;
  /** The factor of the matrix, a finite number that the dtype can hold. */
  readonly gain: number;
  /** The element of the tensor at which the matrix begins. */
  readonly offset: number;
}

/** The parameters of the draw of an orthogonal matrix. */
export interface OrthogonalParameters {
  readonly kernel: 'orthogonal';
  readonly rows: number;
  readonly columns: number;
  /** The element of the tensor at which the matrix begins. */
  readonly offset: number;
  /** The factor of the matrix, a float32 number. */
  readonly gain: number;
  /** What draws the matrix that is factorized: standard normals of the stream, as float32. */
  readonly normals: StandardNormals;
}

/** The parameters of a draw of standard normals. */
export type StandardNormals = NormalParameters | ForeignParameters;

/** How an orthogonal matrix is drawn from standard normals of a stream's own, as float32 whatever the dtype. */
export function orthogonalOver(
  normals: (draw: OrthogonalDraw) => StandardNormals,
): StreamDistribution<OrthogonalDraw, OrthogonalParameters> {
  return {
    dtypes: FLOATS,
    parameters: (draw, dtype) => ({
      kernel: 'orthogonal',
      rows: draw.rows,
      columns: draw.columns,
      offset: draw.offset,
      gain: Math.fround(fitting('gain', draw.gain, dtype)),
      normals: normals(draw),
    }),
  };
}

/** How an orthogonal matrix is drawn. */
export const orthogonal: Distribution<OrthogonalDraw, OrthogonalParameters> = {
  ...orthogonalOver(() => STANDARD_NORMAL_PARAMETERS),
  numbers: ['rows', 'columns', 'gain', 'offset'],
  random: true,
  fillsMatrix: true,
  needsOperand: true,
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

/** The sides of the matrix that is factorized. Its rows are the longer side. */
export function sidesOf({ rows, columns }: OrthogonalParameters): [rows: number, columns: number] {
  return [Math.max(rows, columns), Math.min(rows, columns)];
}
