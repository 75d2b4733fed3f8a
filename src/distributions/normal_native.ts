import { float32Bits } from '../arithmetic/round';
import type { Members } from './members';

/** The parameters of normal values that the device's own functions compute. */
export interface NormalNativeParameters {
  readonly kernel: 'normal_native';
  /** The mean, a float32 number, as is the standard deviation. */
  readonly mean: number;
  readonly stddev: number;
}

/** The members of the shader's `Params`. */
export function normalNativeMembers({
  mean,
  stddev,
}: Pick<NormalNativeParameters, 'mean' | 'stddev'>): Members {
  return [
    ['mean', float32Bits(mean)],
    ['stddev', float32Bits(stddev)],
  ];
}
