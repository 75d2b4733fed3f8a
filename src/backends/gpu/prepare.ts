import { within } from '../../core/errors';
import type { Job } from '../../jobs/job';
import type { KeysPlace } from '../keys_place';
import { checkGpuBuffer } from './device/buffer';
import { Health } from './device/health';
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
  keys?: KeysPlace,
): Promise<PreparedFill> {
  for (const job of jobs) {
    within(job.label, () => {
      checkGpuBuffer(device, job.buffer);
      checkOnGpu(device, job);
    });
  }
  if (keys === undefined) return PreparedFill.create(device, jobs, slots);
  // Few programs need it, so it is loaded for the first.
  const { checkKeys, KeyFold } = await import('./keys/fold');
  const place = checkKeys(device, keys, slots, jobs);
  await Health.of(device).wait('the kernels', KeyFold.prepare(device));
  return PreparedFill.create(device, jobs, slots, (...args) => KeyFold.of(device).record(place, ...args));
}
