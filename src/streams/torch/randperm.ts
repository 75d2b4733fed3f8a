import { ArgumentError } from '../../core/errors';
import type { StreamDistribution } from '../../distributions/distribution';
import type { ForeignDraw, ForeignParameters } from '../../distributions/foreign';
import { type Drawing, drawingParameters, skipped, wholeDrawing, wordsAfter } from './drawing';
import { elementOf, INTEGERS } from './randint';

/** From so many elements on, torch shuffles in another way. */
const MOST = Math.floor((2 ** 32 - 1) / 20);

/** How `torch.randperm(n)` draws: Fisher and Yates's shuffle of 0, ..., n - 1, a word for each exchange. */
export const randperm: StreamDistribution<ForeignDraw, ForeignParameters<Drawing>> = {
  dtypes: ['int32', 'uint32', 'float32', 'float16', 'bfloat16'],
  parameters(_draw, dtype, _math, total) {
    const most = Math.min(INTEGERS[dtype][1] + 1, MOST);
    if (total > most) {
      throw new ArgumentError(`randperm in ${dtype} takes at most ${most} elements, got ${total}`);
    }
    const draws = Math.max(total - 1, 0);
    return drawingParameters(
      wholeDrawing((state) => {
        const values = Uint32Array.from({ length: total }, (_, i) => i);
        wordsAfter(state.mt, 0, draws).forEach((word, i) => {
          const other = i + (word % (total - i));
          const moved = values[i];
          values[i] = values[other];
          values[other] = moved;
        });
        return { values: values.map((value) => elementOf(value, dtype)), after: skipped(state, draws) };
      }),
    );
  },
};
