/** The twin of shaders/tensorflow/truncated_normal.wgsl. */
import { ArgumentError } from '../../core/errors';
import type { ConstantParameters } from '../../distributions/constant';
import { type StreamDistribution, FLOATS } from '../../distributions/distribution';
import { type ForeignKernel, type ForeignParameters } from '../../distributions/foreign';
import type { TruncatedNormalDraw } from '../../distributions/truncated_normal';
import { rounded, type ScaleShift, scaleShift, shiftParameters } from './arithmetic';
import { boxMuller } from './box_muller';
import { blockOf } from './key';
import { scaleShiftMembers } from './members';
import { normalValues } from './normal';
import * as code from '../../../shaders/tensorflow/truncated_normal.wgsl';

/** The bound of TensorFlow's truncated normals, in standard deviations. */
const BOUND = 2;

const kernel: ForeignKernel<ScaleShift> = {
  name: 'tensorflow_truncated_normal',
  code,
  members: scaleShiftMembers,
  twin(values, key) {
    const words = new Uint32Array(4);
    const z = new Float32Array(4);
    return (lo, hi, out) => {
      const firstLo = lo << 8;
      const firstHi = (hi << 8) | (lo >>> 24);
      let count = 0;
      for (let n = 0; count < 4; n++) {
        blockOf(key, firstLo + n, firstHi, words);
        boxMuller(words[0], words[1], z, 0);
        boxMuller(words[2], words[3], z, 2);
        for (let lane = 0; lane < 4 && count < 4; lane++) {
          if (Math.abs(z[lane]) < BOUND) out[count++] = scaleShift(rounded(z[lane], values.dtype), values);
        }
      }
    };
  },
};

/** `tf.random.stateless_truncated_normal`. */
export const truncated_normal: StreamDistribution<
  TruncatedNormalDraw,
  ForeignParameters<ScaleShift> | ConstantParameters
> = {
  dtypes: FLOATS,
  parameters({ mean, stddev, lower, upper }, dtype) {
    if (lower !== -BOUND || upper !== BOUND)
      throw new ArgumentError(
        `TensorFlow cuts normals at -2 and 2 standard deviations, got bounds ${lower} and ${upper}`,
      );
    const values = normalValues(mean, stddev, BOUND, dtype);
    if (values.scale === 0) return shiftParameters('mean', values.shift, values.dtype);
    return { kernel: 'foreign', source: kernel, values, affine: undefined };
  },
};
