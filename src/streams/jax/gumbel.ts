/** The twin of shaders/jax/gumbel.wgsl. */
import { float32Bits } from '../../arithmetic/round';
import type { FloatDtype } from '../../core/dtype';
import { rounded } from '../float32';
import { FRACTION_BITS, fraction } from './fraction';
import { logOf } from './log';
import { unary } from './unary';
import * as code from '../../../shaders/jax/gumbel.wgsl';

/** `jax.random.gumbel` in its mode "low". */
export const gumbel = unary('jax_gumbel', code, (dtype: FloatDtype) => {
  const smallest = dtype === 'float16' ? 2 ** -14 : 2 ** -126;
  return (word) => {
    const k = fraction(dtype, word);
    const u = k === 0 ? smallest : k / 2 ** FRACTION_BITS[dtype];
    return float32Bits(-logOf(rounded(dtype, -logOf(u))));
  };
});
