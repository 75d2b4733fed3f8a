import { DeviceError } from '../../../core/errors';
import { Health } from './health';

/**
 * Runs GPU calls, and rejects with the errors that they report. Nothing is awaited between push and pop, so
 * the caller always sees the device's stack of error scopes as they left it.
 */
export async function guarded<T>(device: GPUDevice, what: string, calls: () => T): Promise<T> {
  const health = Health.of(device);
  health.check();
  device.pushErrorScope('out-of-memory');
  device.pushErrorScope('validation');
  let result: T;
  let validation: Promise<GPUError | null>;
  let memory: Promise<GPUError | null>;
  try {
    result = calls();
  } finally {
    validation = device.popErrorScope();
    memory = device.popErrorScope();
    // Nobody waits for these promises where `calls` throws.
    validation.catch(() => undefined);
    memory.catch(() => undefined);
  }
  const [invalid, exhausted] = await health.wait(Promise.all([validation, memory]));
  if (exhausted !== null) throw new DeviceError(`out of GPU memory while ${what}: ${firstLine(exhausted)}`);
  if (invalid !== null) throw new DeviceError(`WebGPU refused ${what}: ${firstLine(invalid)}`);
  return result;
}

/** The first line of an error. Dawn adds the calls that led to it, one in each line. */
function firstLine({ message }: GPUError): string {
  return message.trim().split('\n')[0];
}
