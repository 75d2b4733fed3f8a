import { throwIfAborted } from '../../../core/abort';
import type { Job } from '../../../jobs/job';
import type { ParametersOf } from '../../cpu/reference/block';
import { bufferBytes } from '../../../jobs/plan';
import { qrSteps, type QrStep } from '../../../jobs/qr_plan';
import type { Watch } from '../../../core/watch';
import { type Dispatch, planOn } from '../commands/dispatches';
import { Health } from '../device/health';
import { InFlight } from '../device/in_flight';
import { Pipelines, variantsOf } from '../pipelines/pipelines';
import { QrMemory, QrPipelines } from './qr';
import type { Recorded } from '../commands/record';
import { guarded } from '../device/scope';
import { submitAll } from '../commands/submit';

/** Multiply-adds submitted at once at most: an abort is obeyed between two submits. */
const WORK_PER_SUBMIT = 2 ** 30;

export type Orthogonal = Job & { readonly params: ParametersOf<'orthogonal'> };

export function isOrthogonal(job: Job): job is Orthogonal {
  return job.params.kernel === 'orthogonal';
}

/** The matrix that is factorized has the longer side as rows. */
export function sidesOf({ params }: Orthogonal): [rows: number, columns: number] {
  return [Math.max(params.rows, params.columns), Math.min(params.rows, params.columns)];
}

/** What fills the matrix before it is factorized: a job of its own with the same key. */
function normalsOf({ key, params: { rows, columns, normals } }: Orthogonal): Job {
  const count = rows * columns;
  return { shape: [count], dtype: 'float32', key, range: { start: 0, count }, params: normals };
}

function fillNormals(device: GPUDevice, orthogonal: Orthogonal, matrix: GPUBuffer): Dispatch[] {
  const job = normalsOf(orthogonal);
  return planOn(device, job, 0, matrix.size).map((step) => ({ job, step, buffer: matrix }));
}

/** Compiles what leads to the matrix, without stalling the page. */
export async function prepareMatrix(device: GPUDevice, orthogonal: Orthogonal): Promise<void> {
  const job = normalsOf(orthogonal);
  const steps = planOn(device, job, 0, bufferBytes(job.range.count, job.dtype));
  await Promise.all([Pipelines.of(device).prepare(variantsOf(job, steps)), QrPipelines.of(device).prepare()]);
}

/** @throws DeviceError where the matrix is too large for the device */
export function matrixMemory(device: GPUDevice, job: Orthogonal): QrMemory {
  return QrMemory.create(device, ...sidesOf(job));
}

/**
 * All that leads to the matrix of an orthogonal job, whose elements the steps of the job then take from there:
 * first the normals, then their factorization.
 */
export function recordMatrix(
  device: GPUDevice,
  job: Orthogonal,
  memory: QrMemory,
): { normals: Dispatch[]; factorization: Recorded } {
  return {
    normals: fillNormals(device, job, memory.matrix),
    factorization: memory.record(device, qrSteps(...sidesOf(job), device.limits)),
  };
}

/**
 * Computes the matrix in submits of bounded length. Resolves when the last is submitted; where `onProgress` listens, done.
 * @returns the matrix, to be destroyed by the caller
 */
export async function computeMatrix(
  device: GPUDevice,
  job: Orthogonal,
  { signal, onProgress }: Watch,
): Promise<GPUBuffer> {
  const steps = qrSteps(...sidesOf(job), device.limits);
  const memory = await guarded(device, 'allocating the matrix', () => matrixMemory(device, job));
  try {
    await Health.of(device).wait(prepareMatrix(device, job));
    await submitAll(device, fillNormals(device, job, memory.matrix), { signal });
    const inFlight = new InFlight(device, onProgress);
    const total = steps.reduce((sum, { work }) => sum + work, 0);
    let work = 0;
    for (const part of portions(steps)) {
      throwIfAborted(signal);
      await guarded(device, 'the dispatches', () => {
        const encoder = device.createCommandEncoder({ label: 'tensorseed orthogonal' });
        const pass = encoder.beginComputePass({ label: 'tensorseed orthogonal' });
        const { recording, uniforms } = memory.record(device, part);
        recording.replay(pass);
        pass.end();
        device.queue.submit([encoder.finish()]);
        uniforms.destroy(); // after the submit; the commands keep what they need
      });
      work += part.reduce((sum, step) => sum + step.work, 0);
      await inFlight.add(work / total);
    }
    await inFlight.finish();
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
