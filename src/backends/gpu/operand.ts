import type { Watch } from '../../core/watch';
import type { Dispatch } from '../../jobs/plan';
import type { Recording } from './commands/recording';
import type { Owned } from './device/owned';

/** A buffer that the kernels of a job read beside their parameters. It is computed as a whole beforehand. */
export interface Operand {
  /** How long the computation takes, in units of a longest dispatch. */
  readonly work: number;
  /** Compiles what the computation needs, without stalling the page. */
  prepare(): Promise<void>;
  /**
   * Computes the buffer in submits of bounded length. Resolves when the last is submitted, or, with
   * `onProgress`, when it is done.
   * @returns the buffer, which the caller destroys
   */
  compute(watch: Watch): Promise<GPUBuffer>;
  /**
   * Makes all GPU objects of the computation. It can then be encoded any number of times.
   * @param owned which gets the objects
   */
  record(owned: Owned): RecordedOperand;
}

/** An operand that is encoded together with the job that reads it. */
export interface RecordedOperand {
  readonly buffer: GPUBuffer;
  /** The dispatches that come first. Their key is replaced by that of a new seed. */
  readonly dispatches: readonly Dispatch[];
  /** The commands that follow them. */
  readonly recording: Recording;
}
