import type { Job } from '../../jobs/job';
import type { Operand } from './operand';
import { OrthogonalMatrix } from './orthogonal/operand';

/**
 * The operand of a job; undefined where its kernels read nothing but their parameters.
 * @throws DeviceError where the device cannot have it
 */
export function operandOf(device: GPUDevice, job: Job): Operand | undefined {
  // A draw that needs an operand fills the whole tensor.
  const [{ params, range }] = job.stretches;
  return params.kernel === 'orthogonal' && range.count > 0
    ? new OrthogonalMatrix(device, job, params)
    : undefined;
}
