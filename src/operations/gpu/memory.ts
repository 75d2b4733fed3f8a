import {
  COPY_DST,
  COPY_SRC,
  checkBufferSize,
  checkGpuBuffer,
  createFilledBuffer,
  createTensorBuffer,
  STORAGE,
} from '../../backends/gpu/device/buffer';
import type { Owned } from '../../backends/gpu/device/owned';
import { readBuffer } from '../../backends/gpu/device/read';
import { guarded } from '../../backends/gpu/device/scope';
import { bytesPerElement, type Dtype, type TensorData, viewAs } from '../../core/dtype';
import { within } from '../../core/errors';
import { product, type Shape } from '../../core/shape';
import type { Output } from '../output';

/**
 * @param name what messages call the buffer
 * @returns the size of a buffer in bytes
 * @throws ArgumentError unless `value` is a GPUBuffer with STORAGE usage
 */
export function checkStorage(device: GPUDevice, name: string, value: unknown): number {
  return within(name, () => checkGpuBuffer(device, value));
}

/** Makes a buffer that holds bit patterns of the host. */
export function upload(device: GPUDevice, patterns: Uint32Array | Uint16Array, owned: Owned): GPUBuffer {
  const bytes = Math.ceil(patterns.byteLength / 4) * 4;
  checkBufferSize(device, bytes, 'the elements need', 'compute fewer at a time');
  return createFilledBuffer(device, 'tensorseed input', patterns, STORAGE | COPY_SRC | COPY_DST, owned);
}

/** Elements in a GPUBuffer. */
export class GpuOutput implements Output {
  readonly byteLength: number;

  constructor(
    private readonly device: GPUDevice,
    readonly shape: Shape,
    readonly dtype: Dtype,
    readonly buffer: GPUBuffer,
    readonly byteOffset: number,
    private readonly owned: boolean,
  ) {
    this.byteLength = product(shape) * bytesPerElement(dtype);
  }

  /** Elements in a new buffer. */
  static async allocate(device: GPUDevice, shape: Shape, dtype: Dtype): Promise<GpuOutput> {
    const bytes = Math.max(Math.ceil((product(shape) * bytesPerElement(dtype)) / 4) * 4, 4);
    checkBufferSize(device, bytes, 'the result needs', 'compute fewer elements at a time');
    const buffer = await guarded(device, `allocating ${bytes} bytes`, (owned) =>
      owned.add(createTensorBuffer(device, bytes)),
    );
    return new GpuOutput(device, shape, dtype, buffer, 0, true);
  }

  async data(): Promise<TensorData> {
    const bytes = await readBuffer(this.device, this.buffer, this.byteOffset, this.byteLength);
    return viewAs(this.dtype, bytes, 0, product(this.shape));
  }

  destroy(): void {
    if (this.owned) this.buffer.destroy();
  }
}
