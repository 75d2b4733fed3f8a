import { throwIfAborted } from '../../core/abort';
import { within } from '../../core/errors';
import type { Watch } from '../../core/watch';
import { byteLengthOf, type Job } from '../../jobs/job';
import { largestBatch, pack, type Slice } from '../../jobs/pack';
import type { Dispatch } from '../../jobs/plan';
import type { Chunk } from '../backend';
import { planOn } from './commands/device_plan';
import { submitAll } from './commands/submit';
import { checkBufferSize, createTensorBuffer } from './device/buffer';
import type { Owned } from './device/owned';
import { createStaging, mapped } from './device/read';
import { guarded } from './device/scope';
import { operandOf } from './operands';
import { piecesOf, wordsOf } from './words';

/**
 * The elements of jobs on the host, slice after slice and batch after batch. A batch is computed while the
 * one before it is read.
 */
export async function* streamFromGpu(
  device: GPUDevice,
  jobs: readonly Job[],
  batchBytes: number,
  watch: Watch,
): AsyncGenerator<Chunk> {
  const bytes = largestBatch(jobs, batchBytes);
  checkBufferSize(device, bytes, 'a chunk needs', 'take a smaller chunkBytes');
  // No matrix may be too large for the device. That is found before any other tensor is computed.
  for (const job of jobs) within(job.label, () => operandOf(device, job));
  const pair = await guarded(device, `allocating ${4 * bytes} bytes`, (owned) =>
    [0, 1].map(() => new Staged(device, bytes, owned)),
  );
  const operands = new StreamOperands(device, jobs, watch);
  let before: { staged: Staged; batch: Slice[] } | undefined;
  let next = 0;
  try {
    for (const batch of pack(jobs, batchBytes)) {
      throwIfAborted(watch.signal);
      const staged = pair[next++ % 2];
      await staged.submit(batch, operands);
      if (before !== undefined) yield* before.staged.read(before.batch);
      before = { staged, batch };
    }
    if (before !== undefined) yield* before.staged.read(before.batch);
  } finally {
    for (const staged of pair) staged.destroy();
    operands.destroy();
  }
}

/**
 * The operands of the jobs in a stream. A matrix is computed once, as a whole, and kept until its job ends. The
 * words of a host are those of a piece alone.
 */
class StreamOperands {
  private readonly made = new Map<number, GPUBuffer>();
  private readonly words: GPUBuffer[] = [];

  constructor(
    private readonly device: GPUDevice,
    private readonly jobs: readonly Job[],
    private readonly watch: Watch,
  ) {}

  async of(index: number, piece: Job): Promise<GPUBuffer | undefined> {
    const words = await wordsOf(this.device, piece)?.compute(this.watch);
    if (words !== undefined) {
      this.words.push(words);
      return words;
    }
    const made = this.made.get(index);
    if (made !== undefined) return made;
    const buffer = await operandOf(this.device, this.jobs[index])?.compute(this.watch);
    if (buffer !== undefined) this.made.set(index, buffer);
    return buffer;
  }

  /** Frees the operands of jobs that end in a batch. The batch must have been submitted. */
  release(batch: readonly Slice[]): void {
    for (const buffer of this.words.splice(0)) buffer.destroy();
    for (const { index, last } of batch) {
      if (!last) continue;
      this.made.get(index)?.destroy();
      this.made.delete(index);
    }
  }

  destroy(): void {
    for (const buffer of [...this.words, ...this.made.values()]) buffer.destroy();
  }
}

/** A buffer for a batch and its copy for the host. A stream alternates between two of them. */
class Staged {
  private readonly staging: GPUBuffer;
  private readonly output: GPUBuffer;

  constructor(
    private readonly device: GPUDevice,
    bytes: number,
    owned: Owned,
  ) {
    this.output = owned.add(createTensorBuffer(device, bytes));
    this.staging = owned.add(createStaging(device, bytes));
  }

  async submit(batch: readonly Slice[], operands: StreamOperands): Promise<void> {
    const dispatches: Dispatch[] = [];
    for (const { job, index } of batch) {
      for (const piece of piecesOf(job)) {
        dispatches.push(...planOn(this.device, piece, this.output, await operands.of(index, piece)));
      }
    }
    await submitAll(this.device, dispatches, {}, (encoder) => {
      encoder.copyBufferToBuffer(this.output, 0, this.staging, 0, this.output.size);
    });
    operands.release(batch);
  }

  async *read(batch: readonly Slice[]): AsyncGenerator<Chunk> {
    const data = await mapped(this.device, this.staging);
    for (const { job, index } of batch) {
      const bytes = data.subarray(job.byteOffset, job.byteOffset + byteLengthOf(job));
      yield { index, start: job.range.start, bytes };
    }
    this.staging.unmap();
  }

  destroy(): void {
    this.output.destroy();
    this.staging.destroy();
  }
}
