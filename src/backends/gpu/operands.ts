import { ArgumentError } from '../../core/errors';
import type { OrthogonalParameters } from '../../distributions/orthogonal';
import type { Job } from '../../jobs/job';
import type { Operand } from './operand';
import { Table } from './table';
import { wordsOf } from './words';

/** What computes orthogonal matrices. Few programs need it, so it is loaded for the first that is asked for. */
let orthogonal: typeof import('./orthogonal/operand') | undefined;

/** Loads all that computes operands. */
export async function loadOperands(): Promise<void> {
  provideOperands(await import('./orthogonal/operand'));
}

/** Gives the library what computes operands. An entry calls it whose functions cannot wait. */
export function provideOperands(provided: typeof import('./orthogonal/operand')): void {
  orthogonal = provided;
}

/** Whether what computes the operands of jobs is not loaded yet. */
export function lacksOperandsOf(jobs: readonly Job[]): boolean {
  return orthogonal === undefined && jobs.some((job) => orthogonalOf(job) !== undefined);
}

/**
 * The operand of a job; undefined where its kernels read nothing but their parameters.
 * @throws ArgumentError where what computes it is not loaded
 * @throws DeviceError where the device cannot have it
 */
export function operandOf(device: GPUDevice, job: Job): Operand | undefined {
  const words = wordsOf(device, job);
  if (words !== undefined) return words;
  const [{ params: first, range }] = job.stretches;
  if ('table' in first) return range.count > 0 ? new Table(device, first.table, range.count) : undefined;
  const params = orthogonalOf(job);
  if (params === undefined) return undefined;
  if (orthogonal === undefined) {
    throw new ArgumentError(
      'an orthogonal matrix needs code that is loaded when it is first used: await sampler.load() before encode',
    );
  }
  return new orthogonal.OrthogonalMatrix(device, job, params);
}

function orthogonalOf({ stretches }: Job): OrthogonalParameters | undefined {
  // A draw that needs an operand fills the whole tensor.
  const [{ params, range }] = stretches;
  return params.kernel === 'orthogonal' && range.count > 0 ? params : undefined;
}
