import { float32Bits, roundBits } from '../arithmetic/round';
import type { FloatDtype } from '../core/dtype';
import { type Diagonals, diagonalsWithin } from './diagonal';
import { type Distribution, FLOATS } from './distribution';
import { fitting } from './fitting';
import { PADDING } from './members';

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

/** The parameters of the draw of diagonals. */
export interface EyeParameters {
  readonly kernel: 'eye';
  /** The bit pattern of the elements on the diagonals. */
  readonly pattern: number;
  readonly diagonals: Diagonals;
}

/** How a diagonal is drawn. */
export const eye: Distribution<EyeDraw, EyeParameters> = {
  numbers: ['rows', 'columns', 'value'],
  dtypes: FLOATS,
  random: false,
  fillsMatrix: true,
  parameters({ rows, columns, value }, dtype) {
    const pattern = roundBits(dtype as FloatDtype, float32Bits(fitting('gain', value, dtype)));
    const diagonals = { offset: 0, count: Math.min(rows, columns), step: columns + 1, repeats: 1, period: 0 };
    return { kernel: 'eye', pattern, diagonals };
  },
  kernels: {
    eye({ pattern, diagonals }, { element, count }) {
      const { first, end, step, period, length } = diagonalsWithin(diagonals, element, count);
      return [
        ['word', pattern],
        ['diagonal_first', first >>> 0],
        ['diagonal_end', end],
        ['diagonal_step', step],
        ['diagonal_period', period],
        ['diagonal_length', length],
        PADDING,
        PADDING,
      ];
    },
  },
};
