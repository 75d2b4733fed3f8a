import { integerIn } from '../core/check';
import { ArgumentError } from '../core/errors';
import type { ConstantParameters } from './constant';
import type { Distribution } from './distribution';
import { permutation, type PermutationParameters, permutationParameters, WIDEST } from './permutation';
import { SAMPLING_NUMBERS } from './sampling';

/**
 * The draw of a pseudorandom permutation whose integers take two words each: elements 2 i and 2 i + 1 are the low and
 * the high word of the integer in place i.
 *
 * @example
 * ```ts
 * import type { initializers } from 'tensorseed';
 * import { permutation } from 'tensorseed/distributions';
 *
 * const draw: initializers.PermutationWideDraw = { kind: 'permutation_wide', size: 2 ** 40 };
 * console.log(permutation({ size: 2 ** 40, wide: true }).resolve([100]).kind === draw.kind); // true
 * ```
 */
export interface PermutationWideDraw {
  /** The kind of the draw. */
  readonly kind: 'permutation_wide';
  /** It permutes the integers of [0, size), at most 2^53. A tensor has an even number of elements, at most 2 size. */
  readonly size: number;
}

/** How permutations of more integers than a word tells apart are drawn: by the kernel of the others. */
export const permutation_wide: Distribution<
  PermutationWideDraw,
  PermutationParameters,
  PermutationParameters | ConstantParameters
> = {
  numbers: SAMPLING_NUMBERS.permutation_wide,
  dtypes: ['uint32'],
  random: true,
  parameters({ size }, dtype, _math, total) {
    integerIn('size', size, 0, WIDEST);
    checkWideReach(size, total);
    return permutationParameters(size, dtype, true);
  },
  kernels: permutation.kernels,
};

/** @throws ArgumentError where a tensor of `total` elements does not have two words for each of up to `size` integers */
export function checkWideReach(size: number, total: number): void {
  if (total % 2 !== 0)
    throw new ArgumentError(
      `the number of elements must be even with wide: true, two words an integer, got ${total}`,
    );
  if (total / 2 > size)
    throw new ArgumentError(`size must be at least ${total / 2}, half the number of elements, got ${size}`);
}
