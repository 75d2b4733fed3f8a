import type { BitsDraw } from '../../distributions/bits';
import type { Distribution } from '../../distributions/distribution';
import type { ForeignParameters } from '../../distributions/foreign';
import { type Drawing, drawingKernels, drawingParameters } from './drawing';
import { wordsFrom } from './draws';

/** `Generator.integers(0, 2**32, dtype=np.uint32)`: the words, of each output of 64 bits first the lower one. */
export const bits: Distribution<BitsDraw, ForeignParameters<Drawing>> = {
  numbers: [],
  dtypes: ['uint32', 'int32'],
  random: true,
  parameters: () => drawingParameters(({ start: state }, start, count) => wordsFrom(state, start, count)),
  kernels: drawingKernels,
};
