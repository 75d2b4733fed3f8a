import type { Watch } from '../../core/watch';
import type { Dispatch } from '../../jobs/plan';
import type { Recording } from './commands/recording';

/** What a job's kernels read beside their parameters: a buffer that is computed whole beforehand. */
export interface Operand {
  /** How long its computation takes, in longest dispatches. */
  readonly work: number;
  /** Compiles what it needs, without stalling the page. */
  prepare(): Promise<void>;
  /**
   * Computes it in submits of bounded length. Resolves when the last is submitted; where `onProgress`
   * listens, done.
   * @returns the buffer, to be destroyed by the caller
   */
  compute(watch: Watch): Promise<GPUBuffer>;
  /** Makes all GPU objects for it, to be encoded as often as wanted. */
  record(): RecordedOperand;
}

/** An operand that is encoded together with the job that reads it. */
export interface RecordedOperand {
  readonly buffer: GPUBuffer;
  /** What comes first, with a key that a new seed replaces. */
  readonly dispatches: readonly Dispatch[];
  /** What follows. */
  readonly recording: Recording;
  destroy(): void;
}
