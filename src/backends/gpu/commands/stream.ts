import { throwIfAborted } from '../../../core/abort';
import { bytesPerElement } from '../../../core/dtype';
import type { Job } from '../../../jobs/job';
import { largestBatch, pack, type Piece } from '../../../jobs/pack';
import type { Watch } from '../../../core/watch';
import { createTensorBuffer } from '../device/buffer';
import { type Dispatch, planOn } from './dispatches';
import { computeMatrix, isOrthogonal } from '../orthogonal/orthogonal';
import { createStaging, mapped } from '../device/read';
import { guarded } from '../device/scope';
import { submitAll } from './submit';

/** A piece's bytes on the host, valid until the next is asked for. */
export interface PieceBytes {
  readonly piece: Piece;
  readonly bytes: Uint8Array;
}

/** The elements of jobs on the host, piece after piece, batch after batch; one is computed while the one before is read. */
export async function* streamFromGpu(
  device: GPUDevice,
  jobs: readonly Job[],
  batchBytes: number,
  watch: Watch,
): AsyncGenerator<PieceBytes> {
  const slotBytes = largestBatch(jobs, batchBytes);
  const slots = await guarded(device, `allocating ${4 * slotBytes} bytes`, () =>
    [0, 1].map(() => new Slot(device, slotBytes)),
  );
  const matrices = new Matrices(device, watch);
  let before: { slot: Slot; batch: Piece[] } | undefined;
  let next = 0;
  try {
    for (const batch of pack(jobs, batchBytes)) {
      throwIfAborted(watch.signal);
      const slot = slots[next++ % 2];
      await slot.submit(batch, matrices);
      if (before !== undefined) yield* before.slot.read(before.batch);
      before = { slot, batch };
    }
    if (before !== undefined) yield* before.slot.read(before.batch);
  } finally {
    for (const slot of slots) slot.destroy();
    matrices.destroy();
  }
}

/** The matrices of the orthogonals that a stream is at, each computed once and whole. */
class Matrices {
  private readonly made = new Map<number, GPUBuffer>();

  constructor(
    private readonly device: GPUDevice,
    private readonly watch: Watch,
  ) {}

  async of({ job, index }: Piece): Promise<GPUBuffer | undefined> {
    if (!isOrthogonal(job)) return undefined;
    let matrix = this.made.get(index);
    if (matrix === undefined)
      this.made.set(index, (matrix = await computeMatrix(this.device, job, this.watch)));
    return matrix;
  }

  /** To be called when a batch is submitted. */
  release(batch: readonly Piece[]): void {
    for (const { index, last } of batch) {
      if (!last) continue;
      this.made.get(index)?.destroy();
      this.made.delete(index);
    }
  }

  destroy(): void {
    for (const matrix of this.made.values()) matrix.destroy();
  }
}

/** One of the buffer pairs that a stream alternates. */
class Slot {
  private readonly staging: GPUBuffer;
  private readonly output: GPUBuffer;

  constructor(
    private readonly device: GPUDevice,
    bytes: number,
  ) {
    this.output = createTensorBuffer(device, bytes);
    this.staging = createStaging(device, bytes);
  }

  async submit(batch: readonly Piece[], matrices: Matrices): Promise<void> {
    const dispatches: Dispatch[] = [];
    for (const piece of batch) {
      const matrix = await matrices.of(piece);
      const job = { ...piece.job, range: piece };
      for (const step of planOn(this.device, job, piece.byteOffset, this.output.size)) {
        dispatches.push({ job, step, buffer: this.output, matrix });
      }
    }
    await submitAll(this.device, dispatches, {}, (encoder) => {
      encoder.copyBufferToBuffer(this.output, 0, this.staging, 0, this.output.size);
    });
    matrices.release(batch);
  }

  async *read(batch: readonly Piece[]): AsyncGenerator<PieceBytes> {
    const data = await mapped(this.device, this.staging);
    for (const piece of batch) {
      const { job, count, byteOffset } = piece;
      yield { piece, bytes: data.subarray(byteOffset, byteOffset + count * bytesPerElement(job.dtype)) };
    }
    this.staging.unmap();
  }

  destroy(): void {
    this.output.destroy();
    this.staging.destroy();
  }
}
