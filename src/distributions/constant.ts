import { float32Bits, roundBits } from '../arithmetic/round';
import { type Dtype, type FloatDtype, isHalf } from '../core/dtype';
import { type Distribution, FLOATS } from './distribution';
import { fitting } from './fitting';

/** The same value everywhere. */
export interface ConstantDraw {
  readonly kind: 'constant';
  readonly value: number;
}

export interface ConstantParameters {
  readonly kernel: 'constant';
  /** A word of the output: one element of 32 bits, or the same half twice. */
  readonly pattern: number;
}

/** @param name what messages call the value */
export function constantParameters(name: string, value: number, dtype: Dtype): ConstantParameters {
  const bits = roundBits(dtype as FloatDtype, float32Bits(fitting(name, value, dtype)));
  return { kernel: 'constant', pattern: isHalf(dtype) ? (bits | (bits << 16)) >>> 0 : bits };
}

export const constant: Distribution<ConstantDraw, ConstantParameters> = {
  dtypes: FLOATS,
  random: false,
  parameters: ({ value }, dtype) => constantParameters('value', value, dtype),
  kernels: { constant: ({ pattern }) => [['word', pattern]] },
};
