import { thresholdOf } from './bernoulli';
import { type ConstantParameters, constantPattern } from './constant';
import type { Distribution } from './distribution';
import { SAMPLING_NUMBERS } from './sampling';

/**
 * The draw of 32 Bernoulli outcomes a word: bit b of word i is the outcome of element 32 i + b of the Bernoulli
 * draw with the same key.
 *
 * @example
 * ```ts
 * import type { initializers } from 'tensorseed';
 * import { bernoulli } from 'tensorseed/distributions';
 *
 * const draw: initializers.BernoulliPackedDraw = { kind: 'bernoulli_packed', probability: 0.1 };
 * console.log(bernoulli({ packed: true }).resolve([10]).kind === draw.kind); // true
 * ```
 */
export interface BernoulliPackedDraw {
  /** The kind of the draw. */
  readonly kind: 'bernoulli_packed';
  /** The probability of a set bit, in [0, 1]. */
  readonly probability: number;
}

/** The parameters of a draw of 32 outcomes a word. */
export interface BernoulliPackedParameters {
  readonly kernel: 'bernoulli_packed';
  /** Words below this set a bit. */
  readonly threshold: number;
  /** An element takes as long as so many others. */
  readonly attempts: number;
}

/** How packed Bernoulli outcomes are drawn. */
export const bernoulli_packed: Distribution<
  BernoulliPackedDraw,
  BernoulliPackedParameters,
  BernoulliPackedParameters | ConstantParameters
> = {
  numbers: SAMPLING_NUMBERS.bernoulli_packed,
  dtypes: ['uint32'],
  random: true,
  parameters({ probability }, dtype) {
    const threshold = thresholdOf(probability);
    if (threshold === 2 ** 32) return constantPattern(0xffffffff, dtype);
    return { kernel: 'bernoulli_packed', threshold, attempts: 32 };
  },
  kernels: { bernoulli_packed: ({ threshold }) => [['threshold', threshold]] },
};
