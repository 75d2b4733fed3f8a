import { roundBits } from '../arithmetic/round';
import { bytesPerElement, type Dtype, isFloat } from '../core/dtype';
import { type Distribution, FLOATS } from './distribution';
import { fitting } from './fitting';
import { patternOf } from './pattern';

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
  /** A word of the output: one element of 32 bits, or the same smaller element twice or four times. */
  readonly pattern: number;
}

/**
 * Rounds a value to the dtype.
 * @param name what messages call the value
 * @throws ArgumentError where the value does not fit the dtype
 */
export function constantParameters(name: string, value: number, dtype: Dtype): ConstantParameters {
  return constantPattern(fitting(name, value, dtype), dtype);
}

/** The same for a value that is known to fit the dtype. */
export function constantPattern(value: number, dtype: Dtype): ConstantParameters {
  const pattern = patternOf(value, dtype);
  const bits = isFloat(dtype) ? roundBits(dtype, pattern) : pattern;
  const size = bytesPerElement(dtype);
  const repeated = size === 4 ? bits : size === 2 ? bits * 0x10001 : (bits & 0xff) * 0x1010101;
  return { kernel: 'constant', pattern: repeated };
}

/** How a constant is drawn. */
export const constant: Distribution<ConstantDraw, ConstantParameters> = {
  numbers: ['value'],
  dtypes: FLOATS,
  random: false,
  parameters: ({ value }, dtype) => constantParameters('value', value, dtype),
  kernels: { constant: ({ pattern }) => [['word', pattern]] },
};
