/** The twin of shaders/tensorflow/randint.wgsl. */
import { integerIn } from '../../core/check';
import type { StreamDistribution } from '../../distributions/distribution';
import { type ForeignDraw, type ForeignKernel, type ForeignParameters } from '../../distributions/foreign';
import { blockOf } from './key';
import { upperMembers } from './members';
import * as code from '../../../shaders/tensorflow/randint.wgsl';

interface Values {
  readonly low: number;
  /** high - low, in [1, 2^32). */
  readonly range: number;
}

const kernel: ForeignKernel<Values> = {
  name: 'tensorflow_randint',
  code,
  members: ({ low, range }, slots) => [...upperMembers(slots), ['low', low >>> 0], ['range', range]],
  twin:
    ({ low, range }, key) =>
    (lo, hi, out) => {
      blockOf(key, lo, hi, out);
      for (let lane = 0; lane < 4; lane++) out[lane] = low + (out[lane] % range);
    },
};

/** `tf.random.stateless_uniform` with the dtype int32, a minval and a maxval. */
export const randint: StreamDistribution<ForeignDraw, ForeignParameters<Values>> = {
  dtypes: ['int32'],
  parameters({ numbers: [low, high] }) {
    integerIn('low', low, -(2 ** 31), 2 ** 31 - 1);
    integerIn('high', high, -(2 ** 31), 2 ** 31 - 1);
    integerIn(`high - low, where low = ${low},`, high - low, 1, 2 ** 32 - 1);
    return { kernel: 'foreign', source: kernel, values: { low, range: high - low }, affine: undefined };
  },
};
