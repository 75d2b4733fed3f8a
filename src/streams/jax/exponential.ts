/** The twin of shaders/jax/exponential.wgsl. */
import { float32Bits } from '../../arithmetic/round';
import type { FloatDtype } from '../../core/dtype';
import { FRACTION_BITS, fraction } from './fraction';
import { minusLog } from './minus_log';
import { unary } from './unary';
import * as code from '../../../shaders/jax/exponential.wgsl';

/** `jax.random.exponential`. */
export const exponential = unary('jax_exponential', code, (dtype: FloatDtype) => {
  const one = 2 ** FRACTION_BITS[dtype];
  return (word) => float32Bits(minusLog((one - fraction(dtype, word)) / one));
});
