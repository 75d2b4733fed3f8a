/** The twin of shaders/jax/uniform.wgsl. */
import { type Affine, affineMap } from '../../arithmetic/affine_map';
import { affine } from '../../arithmetic/affine_step';
import { type Distribution, FLOATS } from '../../distributions/distribution';
import { type ForeignKernel, foreignMembers, type ForeignParameters } from '../../distributions/foreign';
import { affineMembers } from '../../distributions/members';
import type { UniformDraw } from '../../distributions/uniform';
import { streamBlock } from '../stream';
import * as code from '../../../shaders/jax/uniform.wgsl';

interface Values {
  readonly affine: Affine;
}

const kernel: ForeignKernel<Values> = {
  name: 'jax_uniform',
  code,
  members: ({ affine }) => affineMembers(affine),
  twin: (values, key) => (lo, hi, out) => {
    streamBlock(key, lo, hi, 0, out);
    for (let lane = 0; lane < 4; lane++) out[lane] = affine(values.affine, false, out[lane] >>> 9);
  },
};

export const uniform: Distribution<UniformDraw, ForeignParameters<Values>> = {
  numbers: ['low', 'high'],
  dtypes: FLOATS,
  random: true,
  parameters({ low, high }) {
    const map = affineMap(Math.fround(low), Math.fround(high), Math.fround(low), 23);
    return { kernel: 'foreign', source: kernel, values: { affine: map }, affine: map };
  },
  kernels: { foreign: foreignMembers },
};
