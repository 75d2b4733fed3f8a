import type { BitsDraw } from '../../distributions/bits';
import type { StreamDistribution } from '../../distributions/distribution';
import type { ForeignParameters } from '../../distributions/foreign';
import { type Drawing, drawingParameters } from './drawing';
import { wordsFrom } from './draws';

/** `Generator.integers(0, 2**32, dtype=np.uint32)`: the words, of each output of 64 bits first the lower one. */
export const bits: StreamDistribution<BitsDraw, ForeignParameters<Drawing>> = {
  dtypes: ['uint32', 'int32'],
  parameters: () => drawingParameters(({ start: state }, start, count) => wordsFrom(state, start, count)),
};
