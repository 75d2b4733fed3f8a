import { float32Bits } from '../arithmetic/round';
import type { Members } from './members';

/** A normal through the device's own functions. */
export interface NormalNativeParameters {
  readonly kernel: 'normal_native';
  /** Float32 numbers. */
  readonly mean: number;
  readonly stddev: number;
}

export function normalNativeMembers({ mean, stddev }: NormalNativeParameters): Members {
  return [
    ['mean', float32Bits(mean)],
    ['stddev', float32Bits(stddev)],
  ];
}
