import { type Affine, affineMap } from '../arithmetic/affine_map';
import { FRACTION_BITS, LARGEST_NORMAL } from '../arithmetic/box_muller';
import { type ConstantParameters, constantParameters } from './constant';
import { type Distribution, FLOATS } from './distribution';
import { checkReach, location } from './fitting';
import { affineMembers } from './members';
import { normalNativeMembers, type NormalNativeParameters } from './normal_native';

/** mean + stddev * z for a standard normal z; constant where stddev is 0. */
export interface NormalDraw {
  readonly kind: 'normal';
  readonly mean: number;
  readonly stddev: number;
}

export interface NormalParameters {
  readonly kernel: 'normal';
  readonly affine: Affine;
}

export const STANDARD_NORMAL: NormalDraw = { kind: 'normal', mean: 0, stddev: 1 };

/** Standard normals, exact. */
export const STANDARD_NORMAL_PARAMETERS: NormalParameters = {
  kernel: 'normal',
  affine: affineMap(0, 1, 0, FRACTION_BITS),
};

export const normal: Distribution<
  NormalDraw,
  NormalParameters | NormalNativeParameters,
  NormalParameters | NormalNativeParameters | ConstantParameters
> = {
  dtypes: FLOATS,
  random: true,
  parameters(draw, dtype, math) {
    const at = location(draw.mean, draw.stddev, dtype);
    if (at.stddev === 0) return constantParameters('mean', draw.mean, dtype);
    checkReach(at, -LARGEST_NORMAL, LARGEST_NORMAL, dtype);
    if (math === 'native') return { kernel: 'normal_native', ...at };
    return { kernel: 'normal', affine: affineMap(at.mean, at.stddev, 0, FRACTION_BITS) };
  },
  kernels: {
    normal: (params) => affineMembers(params.affine),
    normal_native: normalNativeMembers,
  },
};
