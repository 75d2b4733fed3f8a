/** The twin of shaders/tensorflow/uniform.wgsl. */
import { roundTo } from '../../arithmetic/round';
import type { FloatDtype } from '../../core/dtype';
import { ArgumentError } from '../../core/errors';
import type { ConstantParameters } from '../../distributions/constant';
import { type StreamDistribution, FLOATS } from '../../distributions/distribution';
import { fitting } from '../../distributions/fitting';
import { type ForeignKernel, type ForeignParameters } from '../../distributions/foreign';
import type { UniformDraw } from '../../distributions/uniform';
import { type ScaleShift, scaleShift, scaleShiftOf, shiftParameters } from './arithmetic';
import { blockOf } from './key';
import { scaleShiftMembers } from './members';
import * as code from '../../../shaders/tensorflow/uniform.wgsl';

const MANTISSA_BITS: Readonly<Record<FloatDtype, number>> = { float32: 23, float16: 10, bfloat16: 7 };

const kernel: ForeignKernel<ScaleShift> = {
  name: 'tensorflow_uniform',
  code,
  members: scaleShiftMembers,
  twin(values, key) {
    const unit = 2 ** MANTISSA_BITS[values.dtype];
    return (lo, hi, out) => {
      blockOf(key, lo, hi, out);
      for (let lane = 0; lane < 4; lane++) out[lane] = scaleShift((out[lane] & (unit - 1)) / unit, values);
    };
  },
};

/** `tf.random.stateless_uniform` of real numbers. */
export const uniform: StreamDistribution<UniformDraw, ForeignParameters<ScaleShift> | ConstantParameters> = {
  dtypes: FLOATS,
  parameters({ low, high }, dtype) {
    const float = dtype as FloatDtype;
    const a = roundTo(float, fitting('low', low, dtype));
    const b = roundTo(float, fitting('high', high, dtype));
    if (high < low) throw new ArgumentError(`high must be >= low = ${low}, got ${high}`);
    if (a === b) return shiftParameters('low', a, float);
    const scale = roundTo(float, fitting('high - low', b - a, dtype));
    const values = scaleShiftOf('high - low', float, scale, a);
    return { kernel: 'foreign', source: kernel, values, affine: undefined };
  },
};
