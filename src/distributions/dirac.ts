import { count } from '../core/check';
import { ArgumentError } from '../core/errors';
import { type Diagonals, MOST_PERIOD } from './diagonal';
import { type Distribution, FLOATS } from './distribution';
import { eye, type EyeParameters } from './eye';
import { SAMPLING_NUMBERS } from './sampling';

/**
 * The draw of the kernel of a convolution that passes its inputs on: the elements offset + r period + i step are
 * 1, for every r < repeats and i < count, and all others are 0.
 *
 * @example
 * ```ts
 * import type { initializers } from 'tensorseed';
 * import { dirac } from 'tensorseed/distributions';
 *
 * const draw = dirac().resolve([3, 2, 2]) as initializers.DiracDraw;
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
  numbers: SAMPLING_NUMBERS.dirac,
  check(members, total) {
    const [size, offset, ones, step, repeats, period] = SAMPLING_NUMBERS.dirac.map((name) =>
      count(name, members[name]),
    );
    const length = (ones - 1) * step + 1;
    const none = ones === 0 || repeats === 0;
    const ordered = (ones < 2 || step > 0) && (repeats < 2 || length <= period);
    if (size === total && (none || (ordered && offset + (repeats - 1) * period + length <= total)))
      return { kind: 'dirac', size, offset, count: ones, step, repeats, period };
    throw new ArgumentError(
      `${repeats} times ${ones} ones from element ${offset} on, ${step} and ${period} apart, must fit a tensor of ${total} elements`,
    );
  },
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
