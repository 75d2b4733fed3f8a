import { bernoulli, type BernoulliParameters } from './bernoulli';
import type { Distribution } from './distribution';
import { patternOf } from './pattern';
import { SAMPLING_NUMBERS } from './sampling';

/**
 * The draw of 1 and -1, each with probability 1/2.
 *
 * @example
 * ```ts
 * import type { initializers } from 'tensorseed';
 * import { rademacher } from 'tensorseed/distributions';
 *
 * const draw: initializers.RademacherDraw = { kind: 'rademacher' };
 * console.log(rademacher().resolve([10]).kind === draw.kind); // true
 * ```
 */
export interface RademacherDraw {
  /** The kind of the draw. */
  readonly kind: 'rademacher';
}

/** How Rademacher values are drawn: by the kernel of Bernoulli values. */
export const rademacher: Distribution<RademacherDraw, BernoulliParameters> = {
  numbers: SAMPLING_NUMBERS.rademacher,
  dtypes: ['float32', 'float16', 'bfloat16', 'int8', 'int32'],
  random: true,
  parameters: (_draw, dtype) => ({
    kernel: 'bernoulli',
    threshold: 2 ** 31,
    below: patternOf(1, dtype),
    above: patternOf(-1, dtype),
  }),
  kernels: bernoulli.kernels,
};
