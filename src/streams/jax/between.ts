/** The twin of shaders/jax/between.wgsl. */
import { type Affine, affineMap } from '../../arithmetic/affine_map';
import { affine } from '../../arithmetic/affine_step';
import { float32FromBits } from '../../arithmetic/round';
import type { FloatDtype } from '../../core/dtype';
import { add, flush, rounded } from '../float32';
import { fraction, FRACTION_BITS } from './fraction';

/** The values of `jax.random.uniform(low, high)` in a dtype. */
export interface Between {
  readonly dtype: FloatDtype;
  /** What a fraction is mapped by; of halves, without the offset. */
  readonly affine: Affine;
  readonly low: number;
}

/**
 * @param low the lower end, a number of the dtype
 * @param scale high - low, rounded to the dtype; not 0
 */
export function betweenOf(dtype: FloatDtype, low: number, scale: number): Between {
  const map = affineMap(dtype === 'float32' ? low : 0, scale, 0, FRACTION_BITS[dtype]);
  return { dtype, affine: map, low };
}

/** The value of a word. */
export function between({ dtype, affine: map, low }: Between, word: number): number {
  const x = flush(float32FromBits(affine(map, false, fraction(dtype, word))));
  return dtype === 'float32' ? x : rounded(dtype, add(rounded(dtype, x), low));
}
