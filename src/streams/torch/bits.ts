import type { BitsDraw } from '../../distributions/bits';
import type { Distribution } from '../../distributions/distribution';
import type { ForeignParameters } from '../../distributions/foreign';
import { type Drawing, drawingKernels, drawingParameters, skipped, wordsAfter } from './drawing';

/** The words of the generator, one for each element. */
export const bits: Distribution<BitsDraw, ForeignParameters<Drawing>> = {
  numbers: [],
  dtypes: ['uint32'],
  random: true,
  parameters: (_draw, _dtype, _math, total) =>
    drawingParameters({
      values: (state, start, count) => wordsAfter(state.mt, start, count),
      after: (state) => skipped(state, total),
    }),
  kernels: drawingKernels,
};
