/** The twin of shaders/jax/uniform.wgsl. */
import { float32Bits } from '../../arithmetic/round';
import type { FloatDtype } from '../../core/dtype';
import { ArgumentError } from '../../core/errors';
import { type ConstantParameters, constantParameters } from '../../distributions/constant';
import { type StreamDistribution, FLOATS } from '../../distributions/distribution';
import { fitting } from '../../distributions/fitting';
import { type ForeignKernel, type ForeignParameters } from '../../distributions/foreign';
import { affineMembers } from '../../distributions/members';
import type { UniformDraw } from '../../distributions/uniform';
import { streamBlock } from '../stream';
import { between, type Between, betweenOf } from './between';
import { parameter } from '../float32';
import * as code from '../../../shaders/jax/uniform.wgsl';

const kernel: ForeignKernel<Between> = {
  name: 'jax_uniform',
  code,
  members: ({ affine, low }) => [...affineMembers(affine), ['low', float32Bits(low)]],
  twin: (values, key) => (lo, hi, out) => {
    streamBlock(key, lo, hi, 0, out);
    for (let lane = 0; lane < 4; lane++) out[lane] = float32Bits(between(values, out[lane]));
  },
};

/** `jax.random.uniform`. */
export const uniform: StreamDistribution<UniformDraw, ForeignParameters<Between> | ConstantParameters> = {
  dtypes: FLOATS,
  parameters({ low, high }, dtype) {
    const float = dtype as FloatDtype;
    const a = parameter(float, fitting('low', low, dtype));
    const b = parameter(float, fitting('high', high, dtype));
    if (high < low) throw new ArgumentError(`high must be >= low = ${low}, got ${high}`);
    const scale = parameter(float, b - a);
    if (!Number.isFinite(scale))
      throw new ArgumentError(`high - low must fit ${dtype}, as JAX computes it, got ${b - a}`);
    if (scale === 0) return constantParameters('low', a + 0, dtype);
    const values = betweenOf(float, a, scale);
    return { kernel: 'foreign', source: kernel, values, affine: values.affine };
  },
};
