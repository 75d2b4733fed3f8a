import { type Grid, gridOf } from '../arithmetic/permutation';
import { integerIn } from '../core/check';
import type { Dtype } from '../core/dtype';
import { ArgumentError } from '../core/errors';
import { type ConstantParameters, constantPattern } from './constant';
import type { Distribution } from './distribution';
import { SAMPLING_NUMBERS } from './sampling';

/**
 * The draw of a pseudorandom permutation: element i is the integer in its place i.
 *
 * @example
 * ```ts
 * import type { initializers } from 'tensorseed';
 * import { permutation } from 'tensorseed/distributions';
 *
 * const draw: initializers.PermutationDraw = { kind: 'permutation', size: 100 };
 * console.log(permutation().resolve([100]).kind === draw.kind); // true
 * ```
 */
export interface PermutationDraw {
  /** The kind of the draw. */
  readonly kind: 'permutation';
  /** It permutes the integers of [0, size). A tensor has at most so many elements, and the dtype holds them. */
  readonly size: number;
}

/** The parameters of a permutation. */
export interface PermutationParameters {
  readonly kernel: 'permutation';
  readonly size: number;
  readonly grid: Grid;
  /** Whether an index takes two elements, its low word and its high word. */
  readonly wide: boolean;
  /** An element takes as long as so many others. */
  readonly attempts: number;
}

/** The largest size of all, whose indices are two words each. */
export const WIDEST = 2 ** 53;

/** The largest size of each dtype. */
const SIZES: Partial<Record<Dtype, number>> = { uint32: 2 ** 32, int32: 2 ** 31 };

/** How permutations are drawn. */
export const permutation: Distribution<
  PermutationDraw,
  PermutationParameters,
  PermutationParameters | ConstantParameters
> = {
  numbers: SAMPLING_NUMBERS.permutation,
  dtypes: Object.keys(SIZES) as Dtype[],
  random: true,
  parameters({ size }, dtype, _math, total) {
    integerIn('size', size, 0, WIDEST);
    if (size > SIZES[dtype]!) {
      throw new ArgumentError(
        `size of ${dtype} must be at most ${SIZES[dtype]}, or wide must be true with the dtype uint32, got ${size}`,
      );
    }
    checkReach(size, total);
    return permutationParameters(size, dtype, false);
  },
  kernels: {
    permutation: ({ grid: { columnBits, rowLast, columnLast, pairs }, wide }) => [
      ['grid.column_bits', columnBits],
      ['grid.row_last', rowLast],
      ['grid.column_last', columnLast],
      ['grid.pairs', pairs],
      ['wide', Number(wide)],
    ],
  },
};

/** @throws ArgumentError where a tensor of `total` elements has some that a permutation of `size` has not */
export function checkReach(size: number, total: number): void {
  if (total > size)
    throw new ArgumentError(`size must be at least ${total}, the number of elements, got ${size}`);
}

/** The parameters of the kernel. The smallest permutations are 0 alone. */
export function permutationParameters(
  size: number,
  dtype: Dtype,
  wide: boolean,
): PermutationParameters | ConstantParameters {
  if (size <= 1) return constantPattern(0, dtype);
  const grid = gridOf(size);
  return { kernel: 'permutation', size, grid, wide, attempts: Math.ceil(grid.pairs / 2) };
}
