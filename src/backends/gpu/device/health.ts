import { DeviceError } from '../../../core/errors';

/**
 * A loss that made an operation fail is known after so long. In a browser it is reported by another process.
 */
const LATE_MS = 250;

/**
 * Watches a device for loss. A lost device reports no errors, and its promises resolve as if all were well
 * (WebGPU, "Device Loss"). So everything that waits for the device asks here before it trusts the results.
 */
export class Health {
  private reason: string | undefined;
  private readonly lost: Promise<never>;

  private constructor(device: GPUDevice) {
    this.lost = device.lost.then((info) => {
      this.reason = `the GPU device was lost (${info.reason}): ${info.message || 'no further reason given'}`;
      throw new DeviceError(this.reason);
    });
    this.lost.catch(() => undefined); // Those who wait handle it.
  }

  private static readonly ofDevice = new WeakMap<GPUDevice, Health>();

  static of(device: GPUDevice): Health {
    let health = Health.ofDevice.get(device);
    if (health === undefined) Health.ofDevice.set(device, (health = new Health(device)));
    return health;
  }

  /** @throws DeviceError where the device is already known to be lost */
  check(): void {
    if (this.reason !== undefined) throw new DeviceError(this.reason);
  }

  /** The promise's result, or a rejection as soon as the device is lost. */
  async wait<T>(promise: Promise<T>): Promise<T> {
    this.check();
    // A loss may make the operation reject before `lost` does. Then the loss is the reason to report.
    const result = await Promise.race([promise, this.lost]).catch(async (error: unknown) => {
      await Promise.race([
        this.lost.catch(() => undefined),
        new Promise((resolve) => setTimeout(resolve, LATE_MS)),
      ]);
      this.check();
      throw error;
    });
    this.check();
    return result;
  }
}
