import { DTYPES } from '../../core/dtype';
import { ArgumentError, show } from '../../core/errors';
import type { StreamDistribution } from '../../distributions/distribution';
import type { ForeignDraw, ForeignParameters } from '../../distributions/foreign';
import { type Drawing, drawingParameters, skipped, wordsAfter } from './drawing';
import { uniform53 } from './normal';
import { elementOf } from './randint';

/** How `torch.Tensor.bernoulli_(p)` draws: 1 where a number of 53 bits, of two words, is below p, else 0. */
export const bernoulli: StreamDistribution<ForeignDraw, ForeignParameters<Drawing>> = {
  dtypes: DTYPES,
  parameters({ numbers: [p] }, dtype, _math, total) {
    if (!(p >= 0 && p <= 1)) throw new ArgumentError(`p must be in [0, 1], got ${show(p)}`);
    const one = elementOf(1, dtype);
    return drawingParameters({
      values({ mt }, start, count) {
        const words = wordsAfter(mt, 2 * start, 2 * count);
        return Uint32Array.from({ length: count }, (_, i) =>
          uniform53(words[2 * i], words[2 * i + 1]) < p ? one : 0,
        );
      },
      after: (state) => skipped(state, 2 * total),
    });
  },
};
