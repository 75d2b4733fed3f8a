import { COPY_DST, COPY_SRC, STORAGE } from '../../src/backends/gpu/device/buffer';
import { guarded } from '../../src/backends/gpu/device/scope';
import { DeviceError } from '../../src/core/errors';
import { DoesNotFit } from './makers/maker';

/** What the contenders of a case write into, one after the other: memory for one tensor is enough for all. */
export class Memory {
  private buffer: GPUBuffer | undefined;
  private host: ArrayBuffer | undefined;

  /** @param bytes of the case's tensor, in whole words */
  constructor(
    readonly device: GPUDevice | undefined,
    private readonly bytes: number,
  ) {}

  async gpu(): Promise<GPUBuffer> {
    const { device } = this;
    if (device === undefined) throw new DoesNotFit('there is no GPU here');
    if (this.buffer !== undefined) return this.buffer;
    if (this.bytes > device.limits.maxBufferSize) {
      throw new DoesNotFit(
        `it needs a buffer of ${this.bytes} bytes, the device allows ${device.limits.maxBufferSize}`,
      );
    }
    try {
      this.buffer = await guarded(device, `allocating ${this.bytes} bytes`, () =>
        device.createBuffer({ label: 'bench', size: this.bytes, usage: STORAGE | COPY_SRC | COPY_DST }),
      );
    } catch (error) {
      throw error instanceof DeviceError ? new DoesNotFit(error.message) : error;
    }
    return this.buffer;
  }

  cpu(): ArrayBuffer {
    try {
      this.host ??= new ArrayBuffer(this.bytes);
    } catch {
      throw new DoesNotFit(`there is no memory for ${this.bytes} bytes`);
    }
    return this.host;
  }

  free(): void {
    this.buffer?.destroy();
    this.buffer = undefined;
    this.host = undefined;
  }
}
