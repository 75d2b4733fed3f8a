import { float32Bits, roundBits } from '../arithmetic/round';
import type { FloatDtype } from '../core/dtype';
import { diagonalWithin } from './diagonal';
import { type Distribution, FLOATS } from './distribution';
import { fitting } from './fitting';

/** `value` on the main diagonal of a row-major [rows, columns] matrix, 0 elsewhere. */
export interface EyeDraw {
  readonly kind: 'eye';
  readonly rows: number;
  readonly columns: number;
  readonly value: number;
}

export interface EyeParameters {
  readonly kernel: 'eye';
  /** The element on the diagonal. */
  readonly pattern: number;
  readonly rows: number;
  readonly columns: number;
}

export const eye: Distribution<EyeDraw, EyeParameters> = {
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
