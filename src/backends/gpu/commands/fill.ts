import type { Job } from '../../../jobs/job';
import { bufferBytes, type Step } from '../../../jobs/plan';
import { qrBuffers } from '../../../jobs/qr_plan';
import { GpuTensor } from '../../../sampler/tensor';
import type { Watch } from '../../../core/watch';
import { checkBufferSize, checkGpuBuffer, createTensorBuffer } from '../device/buffer';
import { type Dispatch, planOn, workOf } from './dispatches';
import { Health } from '../device/health';
import { computeMatrix, isOrthogonal, type Orthogonal, sidesOf } from '../orthogonal/orthogonal';
import { guarded } from '../device/scope';
import { submitAll } from './submit';

/** A job and where it goes, checked against the device. */
export interface Placement {
  readonly job: Job;
  /** The caller's; undefined where one is to be made. */
  readonly buffer: GPUBuffer | undefined;
  readonly byteOffset: number;
  readonly steps: readonly Step[];
}

/**
 * @throws ArgumentError where the buffer cannot take the job
 * @throws DeviceError where the device cannot
 */
export function placeOnGpu(device: GPUDevice, job: Job, buffer: unknown, byteOffset: number): Placement {
  const target = buffer === undefined ? undefined : checkGpuBuffer(buffer);
  const size = target === undefined ? ownBufferBytes(job) : target.size;
  if (target === undefined) checkBufferSize(device, size); // before planning what cannot be
  const steps = planOn(device, job, byteOffset, size);
  if (isOrthogonal(job) && steps.length > 0) qrBuffers(...sidesOf(job), device.limits);
  return { job, buffer: target, byteOffset, steps };
}

/** The size of a buffer of our own for a job. */
function ownBufferBytes(job: Job): number {
  return Math.max(bufferBytes(job.range.count, job.dtype), 4); // an empty buffer could not be bound
}

/**
 * Fills buffers, the caller's or new ones. Resolves when all commands are submitted and the buffers
 * exist; where `onProgress` listens, when they are done. Where it rejects, none of the new ones is left.
 */
export async function fillOnGpu(
  device: GPUDevice,
  placements: readonly Placement[],
  watch: Watch,
): Promise<GpuTensor[]> {
  Health.of(device).check();
  const buffers = await allocate(device, placements);
  const tensors = placements.map(
    ({ job, buffer, byteOffset }, i) =>
      new GpuTensor(job, buffers[i], byteOffset, device, buffer === undefined),
  );
  try {
    await compute(device, placements, buffers, watch);
  } catch (error) {
    for (const tensor of tensors) tensor.destroy();
    throw error;
  }
  return tensors;
}

async function allocate(device: GPUDevice, placements: readonly Placement[]): Promise<GPUBuffer[]> {
  const own = placements.filter(({ buffer }) => buffer === undefined);
  const bytes = own.reduce((total, { job }) => total + ownBufferBytes(job), 0);
  const made: GPUBuffer[] = [];
  try {
    await guarded(device, `allocating ${bytes} bytes`, () => {
      for (const { job } of own) made.push(createTensorBuffer(device, ownBufferBytes(job)));
    });
  } catch (error) {
    for (const buffer of made) buffer.destroy();
    throw error;
  }
  let next = 0;
  return placements.map(({ buffer }) => (buffer === undefined ? made[next++] : buffer));
}

/** First all that is computed element by element, in as few submits as can be, then one orthogonal after the other. */
async function compute(
  device: GPUDevice,
  placements: readonly Placement[],
  buffers: readonly GPUBuffer[],
  watch: Watch,
): Promise<void> {
  const plain: Dispatch[] = [];
  const orthogonals: { job: Orthogonal; dispatches(matrix: GPUBuffer): Dispatch[]; work: number }[] = [];
  placements.forEach(({ job, steps, buffer: given }, i) => {
    if (given === undefined && isZeros(job)) return; // as a new buffer is (WebGPU, "Buffer Creation")
    const buffer = buffers[i];
    const dispatches = (matrix?: GPUBuffer): Dispatch[] =>
      steps.map((step) => ({ job, step, buffer, matrix }));
    if (!isOrthogonal(job)) plain.push(...dispatches());
    else if (steps.length > 0) orthogonals.push({ job, dispatches, work: matrixWork(job) });
  });
  // In units of a longest dispatch.
  const plainWork = plain.reduce((sum, dispatch) => sum + workOf(dispatch), 0);
  const total = orthogonals.reduce((sum, { work }) => sum + work, plainWork);
  const { signal, onProgress } = watch;
  const part = (start: number, work: number): Watch =>
    onProgress === undefined
      ? watch
      : { signal, onProgress: (share) => onProgress((start + share * work) / total) };

  await submitAll(device, plain, part(0, plainWork));
  let done = plainWork;
  for (const { job, dispatches, work } of orthogonals) {
    const matrix = await computeMatrix(device, job, part(done, work));
    done += work;
    try {
      await submitAll(device, dispatches(matrix), { signal });
    } finally {
      matrix.destroy(); // after the last submit; the commands keep what they need
    }
  }
}

function isZeros({ params }: Job): boolean {
  return params.kernel === 'constant' && params.pattern === 0;
}

/** Multiply-adds of a longest dispatch's time. */
const WORK_OF_DISPATCH = 2 ** 29;

/** About r c^2 multiply-adds for the factorization and as many for Q (Golub and Van Loan, section 5.2). */
function matrixWork(job: Orthogonal): number {
  const [rows, columns] = sidesOf(job);
  return (2 * rows * columns * columns) / WORK_OF_DISPATCH;
}
