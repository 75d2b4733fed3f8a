import { type Affine, affineMap } from '../arithmetic/affine_map';
import { LOG_FRACTION_BITS } from '../arithmetic/log_range';
import { type ConstantParameters, constantParameters } from './constant';
import { type Distribution, FLOATS } from './distribution';
import { checkReach, location } from './fitting';
import { affineMembers } from './members';

/** The parameters of a draw of loc + scale * x, where x does not depend on either and has the fractional bits of logarithms. */
export interface LocationScaleParameters<Kernel extends string> {
  readonly kernel: Kernel;
  readonly affine: Affine;
}

const NAMES = ['loc', 'scale'] as const;

/**
 * A distribution of loc + scale * x.
 * @param lower a bound that no x passes, as is `upper`
 */
export function locationScale<
  Draw extends { readonly kind: string; readonly loc: number; readonly scale: number },
>(
  kernel: Draw['kind'],
  lower: number,
  upper: number,
): Distribution<
  Draw,
  LocationScaleParameters<Draw['kind']>,
  LocationScaleParameters<Draw['kind']> | ConstantParameters
> {
  return {
    numbers: NAMES as unknown as Distribution<Draw, LocationScaleParameters<string>>['numbers'],
    dtypes: FLOATS,
    random: true,
    parameters({ loc, scale }, dtype) {
      const at = location(loc, scale, dtype, NAMES);
      if (at.stddev === 0) return constantParameters('loc', loc, dtype);
      checkReach(at, lower, upper, dtype, NAMES);
      return { kernel, affine: affineMap(at.mean, at.stddev, 0, LOG_FRACTION_BITS) };
    },
    kernels: {
      [kernel]: ({ affine }: LocationScaleParameters<string>) => affineMembers(affine),
    } as unknown as Distribution<Draw, LocationScaleParameters<Draw['kind']>>['kernels'],
  };
}
