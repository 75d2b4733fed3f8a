/** The twin of shaders/tensorflow/normal.wgsl. */
import { roundTo } from '../../arithmetic/round';
import type { Dtype, FloatDtype } from '../../core/dtype';
import type { ConstantParameters } from '../../distributions/constant';
import { type StreamDistribution, FLOATS } from '../../distributions/distribution';
import { checkReach, location } from '../../distributions/fitting';
import { type ForeignKernel, type ForeignParameters } from '../../distributions/foreign';
import type { NormalDraw } from '../../distributions/normal';
import { rounded, type ScaleShift, scaleShift, scaleShiftOf, shiftParameters } from './arithmetic';
import { boxMuller, LARGEST_NORMAL } from './box_muller';
import { blockOf } from './key';
import { scaleShiftMembers } from './members';
import * as code from '../../../shaders/tensorflow/normal.wgsl';

const kernel: ForeignKernel<ScaleShift> = {
  name: 'tensorflow_normal',
  code,
  members: scaleShiftMembers,
  twin(values, key) {
    const z = new Float32Array(4);
    return (lo, hi, out) => {
      blockOf(key, lo, hi, out);
      boxMuller(out[0], out[1], z, 0);
      boxMuller(out[2], out[3], z, 2);
      for (let lane = 0; lane < 4; lane++) out[lane] = scaleShift(rounded(z[lane], values.dtype), values);
    };
  },
};

/** The parameters of standard normals as float32. */
export const STANDARD_NORMALS: ForeignParameters<ScaleShift> = {
  kernel: 'foreign',
  source: kernel,
  values: { dtype: 'float32', scale: 1, shift: 0 },
  affine: undefined,
};

/** `tf.random.stateless_normal`. */
export const normal: StreamDistribution<NormalDraw, ForeignParameters<ScaleShift> | ConstantParameters> = {
  dtypes: FLOATS,
  parameters({ mean, stddev }, dtype) {
    const values = normalValues(mean, stddev, LARGEST_NORMAL, dtype);
    if (values.scale === 0) return shiftParameters('mean', values.shift, values.dtype);
    return { ...STANDARD_NORMALS, values };
  },
};

/**
 * The scale and the shift of normals of at most `largest` standard deviations.
 * @throws ArgumentError where they do not fit the dtype, or a value of theirs might not
 */
export function normalValues(mean: number, stddev: number, largest: number, dtype: Dtype): ScaleShift {
  const at = location(mean, stddev, dtype);
  checkReach({ ...at, mean: 0 }, -largest, largest, dtype); // the product before the sum
  checkReach(at, -largest, largest, dtype);
  const float = dtype as FloatDtype;
  return scaleShiftOf('stddev', float, roundTo(float, at.stddev), roundTo(float, at.mean));
}
