import { DoesNotFit } from './reasons';

// GPUBufferUsage; the global is missing where WebGPU is a package.
const COPY_SRC = 0x4;
const COPY_DST = 0x8;
const STORAGE = 0x80;

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
    const { device, bytes } = this;
    if (device === undefined) throw new DoesNotFit('there is no GPU here');
    if (this.buffer !== undefined) return this.buffer;
    if (bytes > device.limits.maxBufferSize) {
      throw new DoesNotFit(
        `it needs a buffer of ${bytes} bytes, the device allows ${device.limits.maxBufferSize}`,
      );
    }
    device.pushErrorScope('validation');
    device.pushErrorScope('out-of-memory');
    const buffer = device.createBuffer({
      label: 'bench',
      size: bytes,
      usage: STORAGE | COPY_SRC | COPY_DST,
    });
    const [exhausted, invalid] = await Promise.all([device.popErrorScope(), device.popErrorScope()]);
    const fault = exhausted ?? invalid;
    if (fault !== null) throw new DoesNotFit(`the GPU gives no ${bytes} bytes: ${fault.message}`);
    this.buffer = buffer;
    return buffer;
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
