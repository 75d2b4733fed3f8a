import { DeviceError } from '../../../core/errors';
import { refusal } from './refusal';

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
  /**
   * Tells those who wait at present that the device is lost. They do not wait for `lost` itself, because it
   * would hold what they have left behind as long as the device lives.
   */
  private readonly waiting = new Set<(loss: DeviceError) => void>();

  private constructor(device: GPUDevice) {
    void device.lost.then((info) => {
      this.reason = `the GPU device was lost (${info.reason}): ${info.message || 'no further reason given'}`;
      for (const tell of this.waiting) tell(new DeviceError(this.reason));
    });
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

  /**
   * The promise's result, or a rejection as soon as the device is lost.
   * @param what the promise stands for, for the message
   * @throws DeviceError (as a rejection) where the device is lost, or where the promise rejects with an error
   *   that is not ours
   */
  async wait<T>(what: string, promise: Promise<T>): Promise<T> {
    try {
      const result = await this.unlessLost(promise);
      this.check();
      return result;
    } catch (error) {
      const reported = refusal(what, error);
      // A loss may make the operation reject before `lost` resolves. Then the loss is the reason to report.
      if (reported !== error) await this.unlessLost(new Promise((late) => setTimeout(late, LATE_MS)));
      throw reported;
    }
  }

  private async unlessLost<T>(promise: Promise<T>): Promise<T> {
    let tell!: (loss: DeviceError) => void;
    const loss = new Promise<never>((_, reject) => (tell = reject));
    this.waiting.add(tell);
    if (this.reason !== undefined) tell(new DeviceError(this.reason));
    try {
      return await Promise.race([loss, promise]);
    } finally {
      this.waiting.delete(tell);
    }
  }
}
