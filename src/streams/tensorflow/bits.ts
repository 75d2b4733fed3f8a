/** The twin of shaders/tensorflow/bits.wgsl. */
import type { BitsDraw } from '../../distributions/bits';
import type { Distribution } from '../../distributions/distribution';
import { type ForeignKernel, foreignMembers, type ForeignParameters } from '../../distributions/foreign';
import { blockOf } from './key';
import { upperMembers } from './members';
import * as code from '../../../shaders/tensorflow/bits.wgsl';

const kernel: ForeignKernel<undefined> = {
  name: 'tensorflow_bits',
  code,
  members: (_, slots) => upperMembers(slots),
  twin: (_, key) => (lo, hi, out) => blockOf(key, lo, hi, out),
};

/** `tf.random.stateless_uniform` of integers with minval and maxval None. */
export const bits: Distribution<BitsDraw, ForeignParameters<undefined>> = {
  numbers: [],
  dtypes: ['uint32', 'int32'],
  random: true,
  parameters: () => ({ kernel: 'foreign', source: kernel, values: undefined, affine: undefined }),
  kernels: { foreign: foreignMembers },
};
