import type { Job } from '../../jobs/job';
import type { Encoder } from './commands/recording';
import { checkGpuBuffer } from './device/buffer';
import { Health } from './device/health';
import { Owned } from './device/owned';
import { refusal } from './device/refusal';
import { checkOnGpu } from './fill';
import { checkEncoder, PreparedFill } from './prepared';

/**
 * Encodes a job once. It submits nothing and waits for nothing.
 * @throws ArgumentError, DeviceError as `checkOnGpu`
 */
export function encodeOnGpu(device: GPUDevice, encoder: Encoder, job: Job): void {
  checkEncoder(encoder);
  Health.of(device).check();
  checkGpuBuffer(device, job.buffer);
  checkOnGpu(device, job);
  if (job.range.count === 0) return;
  const owned = new Owned();
  try {
    new PreparedFill(device, [job], 1, owned).encode(encoder);
  } catch (error) {
    owned.destroy();
    throw refusal('the commands', error);
  }
}
