/** The twin of shaders/jax/bernoulli.wgsl. */
import { ArgumentError } from '../../core/errors';
import type { StreamDistribution } from '../../distributions/distribution';
import { type ForeignDraw, type ForeignKernel, type ForeignParameters } from '../../distributions/foreign';
import { streamBlock } from '../stream';
import { parameter } from '../float32';
import * as code from '../../../shaders/jax/bernoulli.wgsl';

const ONE = 0x3f800000; // 1 as float32

export interface Values {
  readonly threshold: number;
  readonly one: number;
}

const kernel: ForeignKernel<Values> = {
  name: 'jax_bernoulli',
  code,
  members: ({ threshold, one }) => [
    ['threshold', threshold],
    ['one', one],
  ],
  twin:
    ({ threshold, one }, key) =>
    (lo, hi, out) => {
      streamBlock(key, lo, hi, 0, out);
      for (let lane = 0; lane < 4; lane++) out[lane] = out[lane] >>> 9 < threshold ? one : 0;
    },
};

/** `jax.random.bernoulli`, with 1 for true and 0 for false. The probability is a float32 in every dtype. */
export const bernoulli: StreamDistribution<ForeignDraw, ForeignParameters<Values>> = {
  dtypes: ['float32', 'float16', 'bfloat16', 'uint32', 'int32'],
  parameters({ numbers: [p] }, dtype) {
    if (!(p >= 0 && p <= 1)) throw new ArgumentError(`p must be a number in [0, 1], got ${p}`);
    const threshold = Math.ceil(parameter('float32', p) * 2 ** 23);
    const one = dtype === 'uint32' || dtype === 'int32' ? 1 : ONE;
    return { kernel: 'foreign', source: kernel, values: { threshold, one }, affine: undefined };
  },
};
