import { DeviceError } from '../../../core/errors';
import { Health } from './health';
import { Owned } from './owned';
import { firstLine } from './refusal';

/**
 * Runs GPU calls, and rejects with the errors that they throw or report. Then all that they gave to `owned`
 * is destroyed. Nothing is awaited between push and pop, so the caller always sees the device's stack of
 * error scopes as they left it.
 */
export async function guarded<T>(device: GPUDevice, what: string, calls: (owned: Owned) => T): Promise<T> {
  const health = Health.of(device);
  health.check();
  const owned = new Owned();
  device.pushErrorScope('out-of-memory');
  device.pushErrorScope('validation');
  const called = (async () => calls(owned))(); // It does not throw, so that the scopes are always popped.
  const reports = [device.popErrorScope(), device.popErrorScope()];
  try {
    const [result, invalid, exhausted] = await health.wait(what, Promise.all([called, ...reports] as const));
    if (exhausted !== null) throw new DeviceError(`out of GPU memory while ${what}: ${firstLine(exhausted)}`);
    if (invalid !== null) throw new DeviceError(`WebGPU refused ${what}: ${firstLine(invalid)}`);
    return result as T;
  } catch (error) {
    owned.destroy();
    throw error;
  }
}
