import { DeviceError } from '../../../core/errors';
import { Health } from './health';

/**
 * Runs GPU calls and turns what they report into a rejection. Nothing is awaited between push and
 * pop, so the device's stack of error scopes is as the caller left it at every moment they can see.
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
    // Where `calls` throws nobody waits for these.
    validation.catch(() => undefined);
    memory.catch(() => undefined);
  }
  const [invalid, exhausted] = await health.wait(Promise.all([validation, memory]));
  if (exhausted !== null) throw new DeviceError(`out of GPU memory while ${what}: ${firstLine(exhausted)}`);
  if (invalid !== null) throw new DeviceError(`WebGPU refused ${what}: ${firstLine(invalid)}`);
  return result;
}

/** Dawn adds the calls that led there, a line each. */
function firstLine({ message }: GPUError): string {
  return message.trim().split('\n')[0];
}
