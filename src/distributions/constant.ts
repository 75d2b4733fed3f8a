import { float32Bits, roundBits } from '../arithmetic/round';
import { type Dtype, type FloatDtype, isHalf } from '../core/dtype';
import { type Distribution, FLOATS } from './distribution';
import { fitting } from './fitting';

/**
 * The draw that gives every element the same value.
 *
 * @example
 * ```ts
 * import { initializers } from 'tensorseed';
 *
 * const draw: initializers.ConstantDraw = { kind: 'constant', value: 0 };
 * console.log(initializers.zeros().resolve([10]).kind === draw.kind); // true
 * ```
 */
export interface ConstantDraw {
  /** The kind of the draw. */
  readonly kind: 'constant';
  /** The value, a finite number that the dtype can hold. */
  readonly value: number;
}

/** The parameters of the draw of a constant. */
export interface ConstantParameters {
  readonly kernel: 'constant';
  /** A word of the output: one element of 32 bits, or twice the same element of 16 bits. */
  readonly pattern: number;
}

/**
 * Rounds a value to the dtype.
 * @param name what messages call the value
 * @throws ArgumentError where the value does not fit the dtype
 */
export function constantParameters(name: string, value: number, dtype: Dtype): ConstantParameters {
  const bits = roundBits(dtype as FloatDtype, float32Bits(fitting(name, value, dtype)));
  return { kernel: 'constant', pattern: isHalf(dtype) ? (bits | (bits << 16)) >>> 0 : bits };
}

/** How a constant is drawn. */
export const constant: Distribution<ConstantDraw, ConstantParameters> = {
  numbers: ['value'],
  dtypes: FLOATS,
  random: false,
  parameters: ({ value }, dtype) => constantParameters('value', value, dtype),
  kernels: { constant: ({ pattern }) => [['word', pattern]] },
};
