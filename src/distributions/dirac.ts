import { ArgumentError } from '../core/errors';
import { type Diagonals, MOST_PERIOD } from './diagonal';
import { type Distribution, FLOATS } from './distribution';
import { eye, type EyeParameters } from './eye';

/**
 * The draw of the kernel of a convolution that passes its inputs on: the elements offset + r period + i step are
 * 1, for every r < repeats and i < count, and all others are 0.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const draw = initializers.dirac().resolve([3, 2, 2]) as initializers.DiracDraw;
 * console.log(draw.offset, draw.repeats, draw.period); // 4 2 3
 * ```
 */
export interface DiracDraw extends Diagonals {
  /** The kind of the draw. */
  readonly kind: 'dirac';
  /** The number of elements of the tensor. */
  readonly size: number;
  /** The first element that is 1, row-major. */
  readonly offset: number;
  /** The number of ones in a repeat. */
  readonly count: number;
  /** The elements from one of them to the next. */
  readonly step: number;
  /** The number of repeats. */
  readonly repeats: number;
  /** The elements from one repeat to the next, more than (count - 1) step. */
  readonly period: number;
}

/** How such kernels are drawn. */
export const dirac: Distribution<DiracDraw, never, EyeParameters> = {
  numbers: ['size', 'offset', 'count', 'step', 'repeats', 'period'],
  dtypes: FLOATS,
  random: false,
  fillsMatrix: true,
  parameters({ offset, count, step, repeats, period }, dtype) {
    if (repeats > 1 && count > 1 && period >= MOST_PERIOD)
      throw new ArgumentError(`the period of a dirac must be below 2^31 elements, got ${period}`);
    const { pattern } = eye.parameters({ kind: 'eye', rows: 1, columns: 1, value: 1 }, dtype, 'exact', NaN);
    return { kernel: 'eye', pattern, diagonals: { offset, count, step, repeats, period } };
  },
  kernels: {},
};
