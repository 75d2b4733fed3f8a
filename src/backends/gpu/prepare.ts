import { within } from '../../core/errors';
import type { Job } from '../../jobs/job';
import { checkGpuBuffer } from './device/buffer';
import { checkOnGpu } from './fill';
import { PreparedFill } from './prepared';

/**
 * Makes all that is needed to encode jobs again and again.
 * @throws ArgumentError, DeviceError (as a rejection) as `checkOnGpu`
 */
export async function prepareOnGpu(
  device: GPUDevice,
  jobs: readonly Job[],
  slots: number,
): Promise<PreparedFill> {
  for (const job of jobs) {
    within(job.label, () => {
      checkGpuBuffer(device, job.buffer);
      checkOnGpu(device, job);
    });
  }
  return PreparedFill.create(device, jobs, slots);
}
