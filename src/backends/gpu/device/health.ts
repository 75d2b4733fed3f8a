import { DeviceError } from '../../../core/errors';

/** By then a loss is known that has made an operation fail: in a browser it comes from another process. */
const LATE_MS = 250;

/**
 * Watches a device for loss. A lost device reports no errors and its promises resolve as if all
 * were well (WebGPU, "Device Loss"), so every wait has to ask here before results are believed.
 */
export class Health {
  private reason: string | undefined;
  private readonly lost: Promise<never>;

  private constructor(device: GPUDevice) {
    this.lost = device.lost.then((info) => {
      this.reason = `the GPU device was lost (${info.reason}): ${info.message || 'no further reason given'}`;
      throw new DeviceError(this.reason);
    });
    this.lost.catch(() => undefined); // heard by whoever waits
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
    // A loss may reject the operation first and settle `lost` a moment later; the loss is the reason.
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
