import { bytesPerElement, type Dtype, type TensorData, viewAs } from '../core/dtype';
import type { Job } from '../jobs/job';
import { decode } from '../arithmetic/round';
import { readBuffer } from '../backends/gpu/device/read';
import type { Range, Shape } from '../core/shape';

/** Where a filled tensor, or a range of one, lies. */
export interface Tensor {
  readonly shape: Shape;
  readonly dtype: Dtype;
  /** The elements that were computed, counted row-major; the whole tensor unless a range was asked for. */
  readonly range: Range;
  /** The memory with the elements: on the GPU backend a GPUBuffer, on the CPU an ArrayBuffer. */
  readonly buffer: GPUBuffer | ArrayBuffer;
  /** Where in `buffer` they begin, in bytes. */
  readonly byteOffset: number;
  /** Their length in bytes, without padding. */
  readonly byteLength: number;
  /**
   * The elements on the host: Float32Array, or Uint32Array for uint32; float16 and bfloat16 as
   * their 16-bit patterns in a Uint16Array.
   * @throws DeviceError where the device was lost
   */
  data(): Promise<TensorData>;
  /**
   * The elements on the host as float32, which holds those of float16 and bfloat16 exactly; uint32 rounded.
   * @throws DeviceError where the device was lost
   */
  float32(): Promise<Float32Array>;
  /** Frees memory that `fill` allocated; a buffer of the caller's stays. */
  destroy(): void;
}

abstract class Filled {
  readonly shape: Shape;
  readonly dtype: Dtype;
  readonly range: Range;
  readonly byteLength: number;

  constructor(job: Job) {
    this.shape = job.shape;
    this.dtype = job.dtype;
    this.range = job.range;
    this.byteLength = job.range.count * bytesPerElement(job.dtype);
  }

  abstract data(): Promise<TensorData>;

  async float32(): Promise<Float32Array> {
    return toFloat32(this.dtype, await this.data());
  }
}

export class GpuTensor extends Filled implements Tensor {
  constructor(
    job: Job,
    readonly buffer: GPUBuffer,
    readonly byteOffset: number,
    private readonly device: GPUDevice,
    private readonly owned: boolean,
  ) {
    super(job);
  }

  async data(): Promise<TensorData> {
    const bytes = await readBuffer(this.device, this.buffer, this.byteOffset, this.byteLength);
    return viewAs(this.dtype, bytes, 0, this.range.count);
  }

  destroy(): void {
    if (this.owned) this.buffer.destroy();
  }
}

export class CpuTensor extends Filled implements Tensor {
  constructor(
    job: Job,
    readonly buffer: ArrayBuffer,
    readonly byteOffset: number,
  ) {
    super(job);
  }

  /** A view of `buffer`, no copy. */
  async data(): Promise<TensorData> {
    return viewAs(this.dtype, this.buffer, this.byteOffset, this.range.count);
  }

  destroy(): void {
    // Garbage collection frees it.
  }
}

/** Elements, such as `data()` gives them, as float32: exact but for uint32, which is rounded. */
export function toFloat32(dtype: Dtype, data: TensorData): Float32Array {
  if (data instanceof Float32Array) return data;
  return dtype === 'float16' || dtype === 'bfloat16'
    ? Float32Array.from(data, (bits) => decode(dtype, bits))
    : Float32Array.from(data);
}
