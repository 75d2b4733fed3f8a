/** The twin of shaders/torch/stateless_randint.wgsl. */
import { integerIn } from '../../../core/check';
import { ArgumentError } from '../../../core/errors';
import type { StreamDistribution } from '../../../distributions/distribution';
import { type ForeignDraw, type ForeignKernel, type ForeignParameters } from '../../../distributions/foreign';
import { streamBlock } from '../../stream';
import { INTEGERS } from '../randint';
import * as code from '../../../../shaders/torch/stateless_randint.wgsl';

interface Values {
  readonly low: number;
  /** At most 2^32. */
  readonly range: number;
}

/** From so many integers on torch wants a power of two, because others would be too uneven. */
const WIDE = 2 ** 28;

const kernel: ForeignKernel<Values> = {
  name: 'torch_stateless_randint',
  code,
  members: ({ low, range }) => [
    ['low', low >>> 0],
    ['range', range >>> 0],
  ],
  twin:
    ({ low, range }, key) =>
    (lo, hi, out) => {
      streamBlock(key, lo, hi, 0, out);
      for (let lane = 0; lane < 4; lane++) out[lane] = (out[lane] % range) + low;
    },
};

/** How `torch.func._random.randint` draws. */
export const randint: StreamDistribution<ForeignDraw, ForeignParameters<Values>> = {
  dtypes: ['int32', 'uint32'],
  parameters({ numbers: [low, high] }, dtype) {
    const [least, most] = INTEGERS[dtype];
    integerIn(`low of ${dtype}`, low, least, most);
    integerIn(`high of ${dtype}`, high, least + 1, most + 1);
    const range = high - low;
    if (range <= 0) throw new ArgumentError(`high must be > low = ${low}, got ${high}`);
    if (range >= WIDE && 2 ** Math.round(Math.log2(range)) !== range)
      throw new ArgumentError(`high - low must be below 2^28 or a power of two, got ${range}`);
    // Over the whole range torch gives the words as they are.
    const values = { low: range === 2 ** 32 ? 0 : low, range };
    return { kernel: 'foreign', source: kernel, values, affine: undefined };
  },
};
