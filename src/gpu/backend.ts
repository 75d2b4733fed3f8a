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
  Health.of(device).check();
  const size = buffer === undefined ? ownBufferBytes(job) : buffer.size;
  if (buffer === undefined) checkBufferSize(device, size); // before planning what cannot be
  const steps = planOn(device, job, byteOffset, size);
  const target = buffer === undefined ? await createBuffer(device, size) : buffer;
  try {
    if (isOrthogonal(job) && steps.length > 0) {
      const matrix = await computeMatrix(device, job, watch);
      try {
        await submitSteps(device, job, target, steps, matrix, { signal: watch.signal });
      } finally {
        matrix.destroy(); // after the last submit; the commands keep what they need
      }
    } else {
      await submitSteps(device, job, target, steps, undefined, watch);
    }
  } catch (error) {
    if (buffer === undefined) target.destroy();
    throw error;
  }
  return target;
}

async function submitSteps(
  device: GPUDevice, job: Job, buffer: GPUBuffer, steps: readonly Step[], matrix: GPUBuffer | undefined, { signal, onProgress }: Watch,
): Promise<void> {
  const health = Health.of(device);
  await health.wait(Pipelines.of(device).prepare(steps.map((step) => variantOf(job.params, job.dtype, step))));
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
    if (inFlight.length >= SUBMITS_IN_FLIGHT) await health.wait(inFlight.shift()!);
  }
}

/** A job's elements on the host, piece after piece; a piece's bytes are valid until the next is asked for. */
export async function* streamBuffer(device: GPUDevice, job: Job, chunkElements: number, watch: Watch): AsyncGenerator<Uint8Array> {
  const size = bytesPerElement(job.dtype);
  const slotBytes = bufferBytes(Math.min(chunkElements, job.range.count) + LANES, job.dtype);
  const slots = await guarded(device, `allocating ${4 * slotBytes} bytes`, () => [0, 1].map(() => new Slot(device, slotBytes)));
  const end = job.range.start + job.range.count;
  let matrix: GPUBuffer | undefined;
  const pending: { slot: Slot; lead: number; bytes: number }[] = [];
  try {
    if (isOrthogonal(job)) matrix = await computeMatrix(device, job, watch);
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
    const steps = planOn(this.device, job, byteOffset, this.output.size);
    await submitSteps(this.device, job, this.output, steps, matrix, {});
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
