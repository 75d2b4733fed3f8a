import { type Affine, affineMap } from '../arithmetic/affine_map';
import { LARGEST_LOG } from '../arithmetic/log_range';
import { nonNegativeNumber } from '../core/check';
import type { FloatDtype } from '../core/dtype';
import { ArgumentError } from '../core/errors';
import { roundTo } from '../arithmetic/round';
import { type ConstantParameters, constantParameters } from './constant';
import { type Distribution, FLOATS } from './distribution';
import { fitting } from './fitting';
import { affineMembers } from './members';
import { SAMPLING_NUMBERS } from './sampling';

/**
 * The draw of exponential values with a mean. Where it is 0, every element is 0.
 *
 * @example
 * ```ts
 * import { exponential } from 'tensorseed/distributions';
 * import type { initializers } from 'tensorseed';
 *
 * const draw: initializers.ExponentialDraw = { kind: 'exponential', scale: 2 };
 * console.log(exponential().resolve([10]).kind === draw.kind); // true
 * ```
 */
export interface ExponentialDraw {
  /** The kind of the draw. */
  readonly kind: 'exponential';
  /** The mean, a finite number >= 0: the inverse of the rate. */
  readonly scale: number;
}

/** The parameters of the draw of exponential values. */
export interface ExponentialParameters {
  readonly kernel: 'exponential';
  /** The map from logarithms with 33 fractional bits. The smallest is 2^-33. */
  readonly affine: Affine;
}

/** How exponential values are drawn. */
export const exponential: Distribution<
  ExponentialDraw,
  ExponentialParameters,
  ExponentialParameters | ConstantParameters
> = {
  numbers: SAMPLING_NUMBERS.exponential,
  dtypes: FLOATS,
  random: true,
  parameters({ scale: exact }, dtype) {
    const scale = Math.fround(fitting('scale', nonNegativeNumber('scale', exact), dtype));
    if (scale === 0) return constantParameters('scale', 0, dtype);
    const reach = LARGEST_LOG * scale;
    if (!Number.isFinite(roundTo(dtype as FloatDtype, reach)))
      throw new ArgumentError(`scale ${scale} reaches ${reach}, which does not fit ${dtype}`);
    return { kernel: 'exponential', affine: affineMap(0, scale, 0, 33) };
  },
  kernels: { exponential: ({ affine }) => affineMembers(affine) },
};
