import { type Affine, affineMap } from '../arithmetic/affine_map';
import { FRACTION_BITS, LARGEST_NORMAL } from '../arithmetic/normal_range';
import { type ConstantParameters, constantParameters } from './constant';
import { type Distribution, FLOATS } from './distribution';
import { checkReach, location } from './fitting';
import { affineMembers } from './members';
import { isEstimated, normalHalfMembers, type NormalHalfParameters } from './normal_half';
import { normalNativeMembers, type NormalNativeParameters } from './normal_native';

/**
 * The draw of mean + stddev * z for a standard normal z. Where stddev is 0, every element is the mean.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const draw: initializers.NormalDraw = { kind: 'normal', mean: 0, stddev: 0.05 };
 * console.log(initializers.randomNormal().resolve([10]).kind === draw.kind); // true
 * ```
 */
export interface NormalDraw {
  /** The kind of the draw. */
  readonly kind: 'normal';
  /** The mean, a finite number. */
  readonly mean: number;
  /** The standard deviation, a finite number >= 0. */
  readonly stddev: number;
}

/** The parameters of the draw of exact normal values. */
export interface NormalParameters {
  readonly kernel: 'normal';
  readonly affine: Affine;
}

/** The normal of mean 0 and standard deviation 1. */
export const STANDARD_NORMAL: NormalDraw = { kind: 'normal', mean: 0, stddev: 1 };

/** The parameters of exact standard normals. */
export const STANDARD_NORMAL_PARAMETERS: NormalParameters = {
  kernel: 'normal',
  affine: affineMap(0, 1, 0, FRACTION_BITS),
};

type Own = NormalParameters | NormalHalfParameters | NormalNativeParameters;

/** How normal values are drawn. */
export const normal: Distribution<NormalDraw, Own, Own | ConstantParameters> = {
  numbers: ['mean', 'stddev'],
  dtypes: FLOATS,
  random: true,
  parameters(draw, dtype, math) {
    const at = location(draw.mean, draw.stddev, dtype);
    if (at.stddev === 0) return constantParameters('mean', draw.mean, dtype);
    checkReach(at, -LARGEST_NORMAL, LARGEST_NORMAL, dtype);
    if (math === 'native') return { kernel: 'normal_native', ...at };
    return {
      kernel: isEstimated(dtype, at.stddev) ? 'normal_half' : 'normal',
      affine: affineMap(at.mean, at.stddev, 0, FRACTION_BITS),
      ...at,
    };
  },
  kernels: {
    normal: (params) => affineMembers(params.affine),
    normal_half: normalHalfMembers,
    normal_native: normalNativeMembers,
  },
};
