import { ArgumentError } from '../../core/errors';
import type { Watch } from '../../core/watch';
import type { Job } from '../../jobs/job';
import { bufferBytes, checkPlacement, type Dispatch, workOf } from '../../jobs/plan';
import { planOn } from './commands/device_plan';
import { submitAll } from './commands/submit';
import { checkBufferSize, checkGpuBuffer, createTensorBuffer } from './device/buffer';
import { Health } from './device/health';
import { guarded } from './device/scope';
import type { Operand } from './operand';
import { operandOf } from './operands';
import { GpuTensor } from './tensor';
import { piecesOf } from './words';

/**
 * Refuses a job that the device cannot take.
 * @throws ArgumentError where the job's buffer cannot take it
 * @throws DeviceError where the device cannot
 */
export function checkOnGpu(device: GPUDevice, job: Job): void {
  if (job.buffer === undefined) checkBufferSize(device, ownBufferBytes(job));
  else checkPlacement(job, checkGpuBuffer(device, job.buffer));
  operandOf(device, job);
}

/** The size of a buffer of our own for a job. */
function ownBufferBytes({ range, dtype }: Job): number {
  return Math.max(bufferBytes(range.count, dtype), 4); // an empty buffer could not be bound
}

/**
 * Fills buffers, the caller's or new ones. Resolves when all commands are submitted and the buffers exist,
 * or, with `onProgress`, when the commands are done. Where it rejects, none of the new buffers is left.
 * @param jobs that were checked
 */
export async function fillOnGpu(device: GPUDevice, jobs: readonly Job[], watch: Watch): Promise<GpuTensor[]> {
  Health.of(device).check();
  const buffers = await allocate(device, jobs);
  const tensors = jobs.map((job, i) => new GpuTensor(job, buffers[i], device));
  try {
    await compute(device, jobs, buffers, watch);
  } catch (error) {
    for (const tensor of tensors) tensor.destroy();
    throw error;
  }
  return tensors;
}

/**
 * The most buffers that one call makes. Software drivers map each into memory, and Linux allows a process
 * 65,530 maps, which the buffers of other calls need, too.
 */
const MOST_BUFFERS = 2 ** 14;

/** The buffer of each job. */
async function allocate(device: GPUDevice, jobs: readonly Job[]): Promise<GPUBuffer[]> {
  const own = jobs.filter(({ buffer }) => buffer === undefined);
  if (own.length > MOST_BUFFERS) {
    throw new ArgumentError(
      `one call on a GPU must need at most ${MOST_BUFFERS} new buffers, got ${own.length}; make several calls, or give buffers that hold many tensors each (byteOffset)`,
    );
  }
  const bytes = own.reduce((total, job) => total + ownBufferBytes(job), 0);
  const made = await guarded(device, `allocating ${bytes} bytes`, (owned) =>
    own.map((job) => owned.add(createTensorBuffer(device, ownBufferBytes(job)))),
  );
  let next = 0;
  return jobs.map(({ buffer }) => (buffer === undefined ? made[next++] : (buffer as GPUBuffer)));
}

/**
 * Computes first all jobs without an operand, in as few submits as possible, and then the others one by one.
 */
async function compute(
  device: GPUDevice,
  jobs: readonly Job[],
  buffers: readonly GPUBuffer[],
  watch: Watch,
): Promise<void> {
  const plain: Dispatch[] = [];
  const others: { job: Job; buffer: GPUBuffer; operand: Operand }[] = [];
  jobs.forEach((job, i) => {
    for (const piece of piecesOf(job)) {
      const operand = operandOf(device, piece);
      if (operand === undefined) plain.push(...planOn(device, withoutZeros(piece), buffers[i]));
      else others.push({ job: piece, buffer: buffers[i], operand });
    }
  });
  // The unit of work is a longest dispatch.
  const plainWork = plain.reduce((sum, dispatch) => sum + workOf(dispatch), 0);
  const total = others.reduce((sum, { operand }) => sum + operand.work, plainWork);
  const { signal, onProgress } = watch;
  const part = (start: number, work: number): Watch =>
    onProgress === undefined
      ? watch
      : { signal, onProgress: (share) => onProgress((start + share * work) / total) };

  await submitAll(device, plain, part(0, plainWork));
  let done = plainWork;
  for (const { job, buffer, operand } of others) {
    const computed = await operand.compute(part(done, operand.work));
    done += operand.work;
    try {
      await submitAll(device, planOn(device, job, buffer, computed), { signal });
    } finally {
      computed.destroy(); // The commands are submitted, and keep what they need.
    }
  }
}

/**
 * The job without its zeros where its buffer is new, for WebGPU fills new buffers with zeros ("Buffer
 * Creation").
 */
function withoutZeros(job: Job): Job {
  if (job.buffer !== undefined) return job;
  const stretches = job.stretches.filter(
    ({ params }) => !(params.kernel === 'constant' && params.pattern === 0),
  );
  return { ...job, stretches };
}
