import type { Job } from '../job';
import { bytesPerElement } from '../dtype';
import { bufferBytes, type Step } from '../plan';
import { throwIfAborted } from '../abort';
import type { Watch } from '../watch';
import { checkBufferSize, createBuffer, createTensorBuffer } from './buffer';
import { planOn } from './dispatches';
import { encodeSteps } from './encode';
import { Health } from './health';
import { computeMatrix, isOrthogonal } from './orthogonal';
import { Pipelines, variantOf } from './pipelines';
import { createStaging, mapped } from './read';
import { guarded } from './scope';

/** Submitted at once at most: as many dispatches as together stay far below a watchdog's patience. */
const STEPS_PER_SUBMIT = 4;

/** Submitted ahead of the GPU at most, so that an abort is soon obeyed and no queue grows without end. */
const SUBMITS_IN_FLIGHT = 4;

/** Elements of a Philox block. */
const LANES = 4;

/** The size of a buffer of our own for a job. */
export function ownBufferBytes(job: Job): number {
  return Math.max(bufferBytes(job.range.count, job.dtype), 4); // an empty buffer could not be bound
}

/** Fills a buffer, or a new one. Resolves when the commands are submitted and their buffers exist. */
export async function fillBuffer(
  device: GPUDevice, job: Job, buffer: GPUBuffer | undefined, byteOffset: number, watch: Watch,
): Promise<GPUBuffer> {
  if (buffer !== undefined) planOn(device, job, byteOffset, buffer.size); // refuses what cannot be before anything is computed
  else checkBufferSize(device, ownBufferBytes(job));
  return withMatrix(device, job, watch, (matrix) => fillFrom(device, job, buffer, byteOffset, matrix, watch));
}

/** Calls `use` with the matrix of an orthogonal job, which is computed first and destroyed after, and for others with none. */
async function withMatrix<T>(device: GPUDevice, job: Job, watch: Watch, use: (matrix: GPUBuffer | undefined) => Promise<T>): Promise<T> {
  if (!isOrthogonal(job) || job.range.count === 0) return use(undefined);
  const matrix = await computeMatrix(device, job, watch);
  try {
    return await use(matrix);
  } finally {
    matrix.destroy(); // after the last submit; the commands keep what they need
  }
}

async function fillFrom(
  device: GPUDevice, job: Job, buffer: GPUBuffer | undefined, byteOffset: number, matrix: GPUBuffer | undefined, { signal, onProgress }: Watch,
): Promise<GPUBuffer> {
  const size = buffer === undefined ? ownBufferBytes(job) : buffer.size;
  const steps = planOn(device, job, byteOffset, size);
  const variants = steps.map((step) => variantOf(job.params, job.dtype, step));
  Health.of(device).check();
  await Health.of(device).wait(Pipelines.of(device).prepare(variants));
  throwIfAborted(signal);
  const target = buffer === undefined ? await createBuffer(device, size) : buffer;
  try {
    await submitSteps(device, job, target, steps, matrix, { signal, onProgress: matrix === undefined ? onProgress : undefined });
  } catch (error) {
    if (buffer === undefined) target.destroy();
    throw error;
  }
  return target;
}

async function submitSteps(
  device: GPUDevice, job: Job, buffer: GPUBuffer, steps: readonly Step[], matrix: GPUBuffer | undefined, { signal, onProgress }: Watch,
): Promise<void> {
  const inFlight: Promise<undefined>[] = [];
  for (let from = 0; from < steps.length; from += STEPS_PER_SUBMIT) {
    throwIfAborted(signal);
    await guarded(device, 'the dispatches', () => {
      const encoder = device.createCommandEncoder({ label: 'tensorseed fill' });
      const uniforms = encodeSteps(device, encoder, job, buffer, steps.slice(from, from + STEPS_PER_SUBMIT), matrix);
      device.queue.submit([encoder.finish()]);
      uniforms.destroy(); // after the submit; the commands keep what they need
    });
    onProgress?.(Math.min(from + STEPS_PER_SUBMIT, steps.length) / steps.length);
    inFlight.push(device.queue.onSubmittedWorkDone());
    if (inFlight.length >= SUBMITS_IN_FLIGHT) await Health.of(device).wait(inFlight.shift()!);
  }
}

/** A job's elements on the host, piece after piece; a piece's bytes are valid until the next is asked for. */
export async function* streamBuffer(device: GPUDevice, job: Job, chunkElements: number, watch: Watch): AsyncGenerator<Uint8Array> {
  const matrix = isOrthogonal(job) ? await computeMatrix(device, job, watch) : undefined;
  const size = bytesPerElement(job.dtype);
  const slotBytes = bufferBytes(Math.min(chunkElements, job.range.count) + LANES, job.dtype);
  const slots = await guarded(device, `allocating ${4 * slotBytes} bytes`, () => [0, 1].map(() => new Slot(device, slotBytes)));
  const end = job.range.start + job.range.count;
  const pending: { slot: Slot; lead: number; bytes: number }[] = [];
  try {
    for (let start = job.range.start, index = 0; start < end || pending.length > 0; index++) {
      if (start < end) {
        throwIfAborted(watch.signal);
        const count = Math.min(chunkElements, end - start);
        // Placed so that elements keep the lanes of their blocks, which is the fast path.
        const lead = (start % LANES) * size;
        const slot = slots[index % 2];
        await slot.submit({ ...job, range: { start, count } }, lead, matrix);
        pending.push({ slot, lead, bytes: count * size });
        start += count;
      }
      if (pending.length === 2 || start >= end) {
        const { slot, lead, bytes } = pending.shift()!;
        const data = await mapped(device, slot.staging);
        yield data.subarray(lead, lead + bytes);
        slot.staging.unmap();
      }
    }
  } finally {
    for (const slot of slots) slot.destroy();
    matrix?.destroy();
  }
}

/** One of the buffer pairs that a stream alternates. */
class Slot {
  readonly staging: GPUBuffer;
  private readonly output: GPUBuffer;

  constructor(private readonly device: GPUDevice, private readonly bytes: number) {
    this.output = createTensorBuffer(device, bytes);
    this.staging = createStaging(device, bytes);
  }

  async submit(job: Job, byteOffset: number, matrix: GPUBuffer | undefined): Promise<void> {
    await fillFrom(this.device, job, this.output, byteOffset, matrix, {});
    await guarded(this.device, 'the copy to the host', () => {
      const encoder = this.device.createCommandEncoder({ label: 'tensorseed stream' });
      encoder.copyBufferToBuffer(this.output, 0, this.staging, 0, this.bytes);
      this.device.queue.submit([encoder.finish()]);
    });
  }

  destroy(): void {
    this.output.destroy();
    this.staging.destroy();
  }
}
