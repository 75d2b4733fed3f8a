import type { Range } from '../../core/shape';

/** So few elements are all in a spot. */
const FEW = 2 ** 10;
/** Of so many elements one spot is taken. */
const WINDOW = 2 ** 14;
const SPOT = 2 ** 8;

/** The share of elements that lies in spots is one in so many, or more. */
export const ONE_IN = WINDOW / SPOT;

/**
 * Places among `count` elements at which they are looked at more closely: the first elements, the last ones, and in
 * each window between them some that follow one another, at a place that is drawn anew each time.
 */
export function* spotsOf(count: number): Generator<Range> {
  if (count <= FEW) {
    if (count > 0) yield { start: 0, count };
    return;
  }
  yield { start: 0, count: SPOT };
  for (let window = WINDOW; window + WINDOW < count; window += WINDOW) {
    yield { start: window + Math.floor(Math.random() * (WINDOW - SPOT + 1)), count: SPOT };
  }
  yield { start: count - SPOT, count: SPOT };
}
