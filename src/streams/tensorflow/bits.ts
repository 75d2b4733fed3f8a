/** The twin of shaders/tensorflow/bits.wgsl. */
import type { BitsDraw } from '../../distributions/bits';
import type { StreamDistribution } from '../../distributions/distribution';
import { type ForeignKernel, type ForeignParameters } from '../../distributions/foreign';
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
export const bits: StreamDistribution<BitsDraw, ForeignParameters<undefined>> = {
  dtypes: ['uint32', 'int32'],
  parameters: () => ({ kernel: 'foreign', source: kernel, values: undefined, affine: undefined }),
};
