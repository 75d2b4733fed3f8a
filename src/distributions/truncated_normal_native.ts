import { float32Bits } from '../arithmetic/round';
import type { Members } from './members';

/**
 * The parameters of truncated normal values that the device's own functions compute. All but `attempts` are
 * float32 numbers.
 */
export interface TruncatedNormalNativeParameters {
  readonly kernel: 'truncated_normal_native';
  readonly mean: number;
  readonly stddev: number;
  /** The first and the last standard normal that is accepted. */
  readonly acceptMin: number;
  readonly acceptMax: number;
  /** The number of candidates that an element needs on average. */
  readonly attempts: number;
  /** The first and the last value that, rounded to the dtype, stays inside the bounds. */
  readonly valueMin: number;
  readonly valueMax: number;
}

/** The members of the shader's `Params`. */
export function truncatedNormalNativeMembers(params: TruncatedNormalNativeParameters): Members {
  return [
    ['mean', float32Bits(params.mean)],
    ['stddev', float32Bits(params.stddev)],
    ['accept_min', float32Bits(params.acceptMin)],
    ['accept_max', float32Bits(params.acceptMax)],
    ['value_min', float32Bits(params.valueMin)],
    ['value_max', float32Bits(params.valueMax)],
  ];
}
