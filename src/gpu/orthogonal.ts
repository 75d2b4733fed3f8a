import { throwIfAborted } from '../abort';
import type { Job } from '../job';
import type { ParametersOf } from '../cpu/block';
import { qrSteps, type QrStep } from '../qr_plan';
import type { Watch } from '../watch';
import { planOn } from './dispatches';
import { encodeSteps } from './encode';
import { Health } from './health';
import { Pipelines, variantOf } from './pipelines';
import { QrMemory, QrPipelines } from './qr';
import { guarded } from './scope';

/** Multiply-adds submitted at once at most, and how many submits ahead of the GPU: an abort is obeyed after these. */
const WORK_PER_SUBMIT = 2 ** 30;
const SUBMITS_IN_FLIGHT = 3;

export type Orthogonal = Job & { readonly params: ParametersOf<'orthogonal'> };

export function isOrthogonal(job: Job): job is Orthogonal {
  return job.params.kernel === 'orthogonal';
}

/** The matrix that is factorized has the longer side as rows. */
function sidesOf({ params }: Orthogonal): [rows: number, columns: number] {
  return [Math.max(params.rows, params.columns), Math.min(params.rows, params.columns)];
}

/** The normals that fill the matrix: a job of its own with the same key. */
function normalsOf(job: Orthogonal): Job {
  const count = job.params.rows * job.params.columns;
  return { shape: [count], dtype: 'float32', key: job.key, range: { start: 0, count }, params: job.params.normals };
}

/** @throws DeviceError where the matrix is too large for the device */
export function matrixMemory(device: GPUDevice, job: Orthogonal): QrMemory {
  return QrMemory.create(device, ...sidesOf(job));
}

/**
 * Encodes all that leads to the matrix of an orthogonal job, whose elements the steps of the job then
 * take from there. The memory lives as long as the commands do.
 */
export function encodeMatrix(device: GPUDevice, pass: GPUComputePassEncoder, job: Orthogonal, memory: QrMemory): GPUBuffer {
  const [rows, columns] = sidesOf(job);
  const normals = normalsOf(job);
  encodeSteps(device, pass, normals, memory.matrix, planOn(device, normals, 0, memory.matrix.size));
  memory.encode(device, pass, qrSteps(rows, columns, device.limits));
  return memory.matrix;
}

/**
 * Computes the same in submits of bounded length. Resolves when the last is submitted; where `onProgress` listens, done.
 * @returns the matrix, to be destroyed by the caller
 */
export async function computeMatrix(device: GPUDevice, job: Orthogonal, { signal, onProgress }: Watch): Promise<GPUBuffer> {
  const [rows, columns] = sidesOf(job);
  const normals = normalsOf(job);
  const steps = qrSteps(rows, columns, device.limits);
  const health = Health.of(device);
  health.check();
  const memory = await guarded(device, 'allocating the matrix', () => matrixMemory(device, job));
  try {
    const fill = planOn(device, normals, 0, memory.matrix.size);
    const variants = fill.map((step) => variantOf(normals.params, normals.dtype, step));
    await health.wait(Promise.all([Pipelines.of(device).prepare(variants), QrPipelines.of(device).prepare()]));

    const inFlight: { done: Promise<undefined>; share: number }[] = [];
    const total = steps.reduce((sum, { work }) => sum + work, 0);
    let work = 0;
    let first = true;
    for (const part of portions(steps)) {
      throwIfAborted(signal);
      await guarded(device, 'the dispatches', () => {
        const encoder = device.createCommandEncoder({ label: 'tensorseed orthogonal' });
        const pass = encoder.beginComputePass({ label: 'tensorseed orthogonal' });
        const uniforms = [memory.encode(device, pass, part)];
        pass.end();
        if (first) {
          const before = device.createCommandEncoder({ label: 'tensorseed orthogonal' });
          uniforms.push(encodeSteps(device, before, normals, memory.matrix, fill));
          device.queue.submit([before.finish()]);
        }
        device.queue.submit([encoder.finish()]);
        for (const buffer of uniforms) buffer.destroy(); // after the submit; the commands keep what they need
      });
      first = false;
      work += part.reduce((sum, step) => sum + step.work, 0);
      inFlight.push({ done: device.queue.onSubmittedWorkDone(), share: work / total });
      if (inFlight.length >= SUBMITS_IN_FLIGHT) {
        const { done, share } = inFlight.shift()!;
        await health.wait(done);
        onProgress?.(share);
      }
    }
    if (onProgress !== undefined) {
      for (const { done, share } of inFlight) {
        await health.wait(done);
        onProgress(share);
      }
    }
    memory.destroyWorkspace();
    return memory.matrix;
  } catch (error) {
    memory.destroy();
    throw error;
  }
}

/** Steps in order, together of about the work of one submit. */
function* portions(steps: readonly QrStep[]): Generator<QrStep[]> {
  let part: QrStep[] = [];
  let work = 0;
  for (const step of steps) {
    if (part.length > 0 && work + step.work > WORK_PER_SUBMIT) {
      yield part;
      part = [];
      work = 0;
    }
    part.push(step);
    work += step.work;
  }
  if (part.length > 0) yield part;
}
