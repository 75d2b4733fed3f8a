import type { BitsDraw } from '../../distributions/bits';
import type { StreamDistribution } from '../../distributions/distribution';
import type { ForeignParameters } from '../../distributions/foreign';
import { type Drawing, drawingParameters, skipped, wordsAfter } from './drawing';

/** The words of the generator, one for each element. */
export const bits: StreamDistribution<BitsDraw, ForeignParameters<Drawing>> = {
  dtypes: ['uint32'],
  parameters: (_draw, _dtype, _math, total) =>
    drawingParameters({
      values: (state, start, count) => wordsAfter(state.mt, start, count),
      after: (state) => skipped(state, total),
    }),
};
