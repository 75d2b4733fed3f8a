import { integerIn } from '../core/check';
import type { Dtype } from '../core/dtype';
import { ArgumentError } from '../core/errors';
import { type ConstantParameters, constantPattern } from './constant';
import type { Distribution } from './distribution';
import { SAMPLING_NUMBERS } from './sampling';

/**
 * The draw of integers, each in [low, high) with the same probability.
 *
 * @example
 * ```ts
 * import type { initializers } from 'tensorseed';
 * import { randint } from 'tensorseed/distributions';
 *
 * const draw: initializers.RandintDraw = { kind: 'randint', low: 0, high: 10 };
 * console.log(randint({ high: 10 }).resolve([4]).kind === draw.kind); // true
 * ```
 */
export interface RandintDraw {
  /** The kind of the draw. */
  readonly kind: 'randint';
  /** The least integer, one that the dtype holds. */
  readonly low: number;
  /** The end of the integers, which is not drawn: > low, and at most the largest of the dtype plus 1. */
  readonly high: number;
}

/** The parameters of a draw of integers. */
export interface RandintParameters {
  readonly kernel: 'randint';
  /** The least integer, as a word. */
  readonly low: number;
  /** How many integers there are, or 0 for 2^32. */
  readonly span: number;
  /** A word is drawn again where its product with the span has a lower word below this, 2^32 mod span. */
  readonly threshold: number;
  /** The number of candidates that an element needs on average. */
  readonly attempts: number;
}

/** The integers of each dtype: [least, most]. */
const INTEGERS: Partial<Record<Dtype, readonly [number, number]>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  int8: [-(2 ** 7), 2 ** 7 - 1],
  uint8: [0, 2 ** 8 - 1],
};

/** How integers are drawn. */
export const randint: Distribution<RandintDraw, RandintParameters, RandintParameters | ConstantParameters> = {
  numbers: SAMPLING_NUMBERS.randint,
  dtypes: Object.keys(INTEGERS) as Dtype[],
  random: true,
  parameters({ low, high }, dtype) {
    const [least, most] = INTEGERS[dtype]!;
    integerIn(`low of ${dtype}`, low, least, most);
    integerIn(`high of ${dtype}`, high, least + 1, most + 1);
    if (high <= low) throw new ArgumentError(`high must be above low = ${low}, got ${high}`);
    const span = high - low;
    if (span === 1) return constantPattern(low, dtype);
    const threshold = 2 ** 32 % span;
    return {
      kernel: 'randint',
      low: low >>> 0,
      span: span >>> 0,
      threshold,
      attempts: 1 / (1 - threshold / 2 ** 32),
    };
  },
  kernels: {
    randint: ({ low, span, threshold }) => [
      ['low', low],
      ['span', span],
      ['threshold', threshold],
    ],
  },
};
