import { inverseSoftplusElements } from '../arithmetic/inverse_softplus';
import { nonNegativeNumber } from '../core/check';
import { ArgumentError } from '../core/errors';
import { COPIED, type CopiedParameters } from './copied';
import type { Distribution } from './distribution';
import { fitting } from './fitting';
import { SAMPLING_NUMBERS } from './sampling';

/**
 * The draw of the inverse softplus log(e^x - 1) of numbers x whose logarithms are uniform.
 *
 * @example
 * ```ts
 * import { inverseSoftplus } from 'tensorseed/distributions';
 * import type { initializers } from 'tensorseed';
 *
 * const draw: initializers.InverseSoftplusDraw = { kind: 'inverse_softplus', low: 0.01, high: 1, floor: 0 };
 * console.log(inverseSoftplus().resolve([10]).kind === draw.kind); // true
 * ```
 */
export interface InverseSoftplusDraw {
  /** The kind of the draw. */
  readonly kind: 'inverse_softplus';
  /** The least x, a finite number >= 2^-126. */
  readonly low: number;
  /** The end of x, which is excluded: a finite number >= `low`. */
  readonly high: number;
  /** What takes the place of a smaller x, a finite number >= 0. */
  readonly floor: number;
}

/** The logarithm takes no subnormal number, and below no float32 has all its digits. */
const LEAST = 2 ** -126;

/** How such values are drawn. */
export const inverse_softplus: Distribution<InverseSoftplusDraw, CopiedParameters> = {
  ...COPIED,
  numbers: SAMPLING_NUMBERS.inverse_softplus,
  random: true,
  readsTable: true,
  parameters({ low, high, floor }, dtype) {
    if (fitting('low', low, dtype) < LEAST) throw new ArgumentError(`low must be >= 2^-126, got ${low}`);
    if (fitting('high', high, dtype) < low)
      throw new ArgumentError(`high must be >= low = ${low}, got ${high}`);
    fitting('floor', nonNegativeNumber('floor', floor), dtype);
    return { kernel: 'copy', random: true, elements: inverseSoftplusElements(low, high, floor) };
  },
};
