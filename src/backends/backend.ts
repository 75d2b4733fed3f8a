import type { Watch } from '../core/watch';
import type { Job } from '../jobs/job';
import type { Encoder } from './gpu/commands/recording';
import type { KeysPlace } from './keys_place';
import type { PreparedFill } from './gpu/prepared';
import type { Tensor } from './tensor';

/**
 * Some elements of one of several tensors, as `Sampler.chunksOfAll` yields them.
 *
 * @example
 * ```ts
 * import { type Chunk, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create();
 * const chunks: Pick<Chunk, 'index' | 'start'>[] = [];
 * for await (const { index, start } of sampler.chunksOfAll([
 *   { initializer: 'zeros', shape: [2] },
 *   { initializer: 'ones', shape: [2] },
 * ])) {
 *   chunks.push({ index, start });
 * }
 * console.log(chunks); // [ { index: 0, start: 0 }, { index: 1, start: 0 } ]
 * sampler.destroy();
 * ```
 */
export interface Chunk {
  /** The index of the request that the elements belong to. */
  readonly index: number;
  /** The first element of the chunk, counted row-major in its tensor. */
  readonly start: number;
  /** The bytes of whole elements, little endian. They are valid until the next chunk is asked for. */
  readonly bytes: Uint8Array;
}

/** A backend computes jobs. All backends give the same bits. */
export interface Backend {
  readonly kind: 'gpu' | 'cpu';
  /** The device or the method, in words. */
  readonly description: string;
  /** The operations that only a GPU has; undefined on the CPU. */
  readonly gpu: GpuCommands | undefined;
  /**
   * Loads code that is not there yet. The other functions rely on it, but `prepare` calls it itself.
   * @param jobs that need the code. Default: all that there is
   * @returns undefined where nothing is missing
   */
  load(jobs?: readonly Job[]): Promise<void> | undefined;
  /**
   * Refuses what `fill` could not do, without computing anything.
   * @throws ArgumentError where the job's memory cannot take it
   * @throws DeviceError where the device cannot
   */
  check(job: Job): void;
  /**
   * Computes jobs into the caller's memory, or into new memory.
   * @param jobs jobs that `check` accepts
   */
  fill(jobs: readonly Job[], watch: Watch): Promise<Tensor[]>;
  /**
   * Yields the elements of jobs on the host, in order and in bounded memory.
   * @param batchBytes the bytes of a batch of elements, a multiple of 16
   */
  stream(jobs: readonly Job[], batchBytes: number, watch: Watch): AsyncGenerator<Chunk>;
  /** Whether it computes a job on one thread of the CPU alone, as it does what has no fast path. */
  usesOneThread(job: Job): boolean;
  /** Frees the device or the threads that the backend made. */
  destroy(): void;
}

/** Filling as part of the GPU commands of a program. Each job must have a GPUBuffer. */
export interface GpuCommands {
  readonly device: GPUDevice;
  /**
   * Encodes a job once. It submits nothing and waits for nothing.
   * @throws ArgumentError, DeviceError as `check`
   */
  encodeJob(encoder: Encoder, job: Job): void;
  /**
   * Makes all that is needed to encode jobs again and again.
   * @param keys where the key and the step are, which then take the place of the jobs' keys
   * @throws ArgumentError, DeviceError (as a rejection) as `check`
   */
  prepare(jobs: readonly Job[], slots: number, keys?: KeysPlace): Promise<PreparedFill>;
}
