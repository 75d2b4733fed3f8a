import type { Job } from '../job';
import { bytesPerElement } from '../dtype';
import { bufferBytes, GROUPS_PER_DISPATCH, plan, type Step } from '../plan';
import { throwIfAborted } from '../abort';
import { createBuffer, createTensorBuffer } from './buffer';
import { encodeSteps } from './encode';
import { Health } from './health';
import { Pipelines, variantOf, WORKGROUP_SIZE } from './pipelines';
import { createStaging, mapped } from './read';
import { guarded } from './scope';

/** Submitted at once at most: as many dispatches as together stay far below a watchdog's patience. */
const STEPS_PER_SUBMIT = 4;

/** Submitted ahead of the GPU at most, so that an abort is soon obeyed and no queue grows without end. */
const SUBMITS_IN_FLIGHT = 4;

/** Elements of a Philox block. */
const LANES = 4;

/** The dispatches of a job on this device. */
export function planOn(device: GPUDevice, job: Job, byteOffset: number, bufferSize: number): Step[] {
  const attempts = 'attempts' in job.params ? job.params.attempts : 1;
  return plan({
    range: job.range,
    dtype: job.dtype,
    byteOffset,
    bufferSize,
    workgroupSize: WORKGROUP_SIZE,
    groupsPerDispatch: Math.ceil(GROUPS_PER_DISPATCH / attempts),
    limits: device.limits,
  });
}

/** The size of a buffer of our own for a job. */
export function ownBufferBytes(job: Job): number {
  return Math.max(bufferBytes(job.range.count, job.dtype), 4); // an empty buffer could not be bound
}

/** Fills a buffer, or a new one. Resolves when the commands are submitted and their buffers exist. */
export async function fillBuffer(
  device: GPUDevice, job: Job, buffer: GPUBuffer | undefined, byteOffset: number, signal?: AbortSignal,
): Promise<GPUBuffer> {
  const size = buffer === undefined ? ownBufferBytes(job) : buffer.size;
  const steps = planOn(device, job, byteOffset, size);
  const variants = steps.map((step) => variantOf(job.params, job.dtype, step));
  Health.of(device).check();
  await Health.of(device).wait(Pipelines.of(device).prepare(variants));
  throwIfAborted(signal);
  const target = buffer === undefined ? await createBuffer(device, size) : buffer;
  try {
    await submitSteps(device, job, target, steps, signal);
  } catch (error) {
    if (buffer === undefined) target.destroy();
    throw error;
  }
  return target;
}

async function submitSteps(device: GPUDevice, job: Job, buffer: GPUBuffer, steps: readonly Step[], signal?: AbortSignal): Promise<void> {
  const inFlight: Promise<undefined>[] = [];
  for (let from = 0; from < steps.length; from += STEPS_PER_SUBMIT) {
    throwIfAborted(signal);
    await guarded(device, 'the dispatches', () => {
      const encoder = device.createCommandEncoder({ label: 'tensorseed fill' });
      const uniforms = encodeSteps(device, encoder, job, buffer, steps.slice(from, from + STEPS_PER_SUBMIT));
      device.queue.submit([encoder.finish()]);
      uniforms.destroy(); // after the submit; the commands keep what they need
    });
    inFlight.push(device.queue.onSubmittedWorkDone());
    if (inFlight.length >= SUBMITS_IN_FLIGHT) await Health.of(device).wait(inFlight.shift()!);
  }
}

/** A job's elements on the host, piece after piece; a piece's bytes are valid until the next is asked for. */
export async function* streamBuffer(device: GPUDevice, job: Job, chunkElements: number, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const size = bytesPerElement(job.dtype);
  const slotBytes = bufferBytes(Math.min(chunkElements, job.range.count) + LANES, job.dtype);
  const slots = await guarded(device, `allocating ${4 * slotBytes} bytes`, () => [0, 1].map(() => new Slot(device, slotBytes)));
  const end = job.range.start + job.range.count;
  const pending: { slot: Slot; lead: number; bytes: number }[] = [];
  try {
    for (let start = job.range.start, index = 0; start < end || pending.length > 0; index++) {
      if (start < end) {
        throwIfAborted(signal);
        const count = Math.min(chunkElements, end - start);
        // Placed so that elements keep the lanes of their blocks, which is the fast path.
        const lead = (start % LANES) * size;
        const slot = slots[index % 2];
        await slot.submit({ ...job, range: { start, count } }, lead);
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

  async submit(job: Job, byteOffset: number): Promise<void> {
    await fillBuffer(this.device, job, this.output, byteOffset);
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
