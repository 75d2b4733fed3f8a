import { roundHalfEven } from '../arithmetic/round';
import { ArgumentError, show } from '../core/errors';
import { type ConstantParameters, constantPattern } from './constant';
import type { Distribution } from './distribution';
import { patternOf } from './pattern';
import { SAMPLING_NUMBERS } from './sampling';

/**
 * The draw of 1 with a probability, and of 0 otherwise.
 *
 * @example
 * ```ts
 * import type { initializers } from 'tensorseed';
 * import { bernoulli } from 'tensorseed/distributions';
 *
 * const draw: initializers.BernoulliDraw = { kind: 'bernoulli', probability: 0.1 };
 * console.log(bernoulli().resolve([10]).kind === draw.kind); // true
 * ```
 */
export interface BernoulliDraw {
  /** The kind of the draw. */
  readonly kind: 'bernoulli';
  /** The probability of 1, in [0, 1]. */
  readonly probability: number;
}

/** The parameters of a draw of one of two values. */
export interface BernoulliParameters {
  readonly kernel: 'bernoulli';
  /** Words below this give `below`, and all others `above`. */
  readonly threshold: number;
  /** The patterns of the values: float32 bits for floats, otherwise integers. */
  readonly below: number;
  readonly above: number;
}

/** @throws ArgumentError unless `value` is a number in [0, 1] */
export function checkProbability(name: string, value: unknown): number {
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  throw new ArgumentError(`${name} must be a number in [0, 1], got ${show(value)}`);
}

/** How often 1 comes among 2^32 words: the nearest integer to 2^32 times the probability, of two the even one. */
export function thresholdOf(probability: number): number {
  return roundHalfEven(checkProbability('probability', probability) * 2 ** 32);
}

/** How Bernoulli values are drawn. */
export const bernoulli: Distribution<
  BernoulliDraw,
  BernoulliParameters,
  BernoulliParameters | ConstantParameters
> = {
  numbers: SAMPLING_NUMBERS.bernoulli,
  dtypes: ['float32', 'float16', 'bfloat16', 'uint8', 'int8', 'uint32', 'int32'],
  random: true,
  parameters({ probability }, dtype) {
    const threshold = thresholdOf(probability);
    if (threshold === 2 ** 32) return constantPattern(1, dtype);
    return { kernel: 'bernoulli', threshold, below: patternOf(1, dtype), above: 0 };
  },
  kernels: {
    bernoulli: ({ threshold, below, above }) => [
      ['threshold', threshold],
      ['below', below],
      ['above', above],
    ],
  },
};
