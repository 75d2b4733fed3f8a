import { float32Bits, roundBits } from '../arithmetic/round';
import type { FloatDtype } from '../core/dtype';
import { diagonalWithin } from './diagonal';
import { type Distribution, FLOATS } from './distribution';
import { fitting } from './fitting';

/**
 * The draw of a row-major [rows, columns] matrix with `value` on its main diagonal and 0 elsewhere.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const draw: initializers.EyeDraw = { kind: 'eye', rows: 2, columns: 3, value: 1 };
 * console.log(initializers.identity().resolve([2, 3]).kind === draw.kind); // true
 * ```
 */
export interface EyeDraw {
  /** The kind of the draw. */
  readonly kind: 'eye';
  /** The number of rows. */
  readonly rows: number;
  /** The number of columns. */
  readonly columns: number;
  /** The value on the diagonal, a finite number that the dtype can hold. */
  readonly value: number;
}

/** The parameters of the draw of a diagonal. */
export interface EyeParameters {
  readonly kernel: 'eye';
  /** The bit pattern of the elements on the diagonal. */
  readonly pattern: number;
  readonly rows: number;
  readonly columns: number;
}

/** How a diagonal is drawn. */
export const eye: Distribution<EyeDraw, EyeParameters> = {
  numbers: ['rows', 'columns', 'value'],
  dtypes: FLOATS,
  random: false,
  fillsMatrix: true,
  parameters({ rows, columns, value }, dtype) {
    const pattern = roundBits(dtype as FloatDtype, float32Bits(fitting('gain', value, dtype)));
    return { kernel: 'eye', pattern, rows, columns };
  },
  kernels: {
    eye({ pattern, rows, columns }, { element, count }) {
      const { first, end, step } = diagonalWithin(rows, columns, element, count);
      return [
        ['word', pattern],
        ['diagonal_first', first],
        ['diagonal_end', end],
        ['diagonal_step', step],
      ];
    },
  },
};
