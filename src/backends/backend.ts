import type { Watch } from '../core/watch';
import type { Job } from '../jobs/job';
import type { Encoder } from './gpu/commands/recording';
import type { PreparedFill } from './gpu/prepared';
import type { Tensor } from './tensor';

/** Bytes of one of several tensors. */
export interface Chunk {
  /** Which of the requests. */
  readonly index: number;
  /** The element of its tensor that the bytes begin with, counted row-major. */
  readonly start: number;
  /** Whole elements, little endian; valid until the next chunk is asked for. */
  readonly bytes: Uint8Array;
}

/** Computes jobs. All backends give the same bits. */
export interface Backend {
  readonly kind: 'gpu' | 'cpu';
  /** What computes, in words. */
  readonly description: string;
  /** What only a GPU can do. */
  readonly gpu: GpuCommands | undefined;
  /**
   * Refuses what `fill` could not do, without computing anything.
   * @throws ArgumentError where the job's memory cannot take it
   * @throws DeviceError where the device cannot
   */
  check(job: Job): void;
  /**
   * Computes jobs into their memory, the caller's or new.
   * @param jobs that were checked
   */
  fill(jobs: readonly Job[], watch: Watch): Promise<Tensor[]>;
  /**
   * The elements of jobs on the host in bounded memory, in order.
   * @param batchBytes bytes of a batch of elements, a multiple of 16
   */
  stream(jobs: readonly Job[], batchBytes: number, watch: Watch): AsyncGenerator<Chunk>;
  /** Frees what it made: a device or threads of its own. */
  destroy(): void;
}

/** Filling as part of a program's own GPU commands: jobs need a GPUBuffer. */
export interface GpuCommands {
  readonly device: GPUDevice;
  /**
   * Encodes a job once: nothing is submitted, nothing awaited.
   * @throws ArgumentError, DeviceError as `check`
   */
  encodeJob(encoder: Encoder, job: Job): void;
  /**
   * Makes all that encoding jobs again and again needs.
   * @throws ArgumentError, DeviceError (as a rejection) as `check`
   */
  prepare(jobs: readonly Job[], slots: number): Promise<PreparedFill>;
}
