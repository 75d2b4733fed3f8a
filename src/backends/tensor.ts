import { decode } from '../arithmetic/round';
import type { Dtype, TensorData } from '../core/dtype';
import type { Range, Shape } from '../core/shape';
import { byteLengthOf, type Job } from '../jobs/job';

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

/** What the tensors of all backends have in common. */
export abstract class FilledTensor {
  readonly shape: Shape;
  readonly dtype: Dtype;
  readonly range: Range;
  readonly byteLength: number;

  constructor(job: Job) {
    this.shape = job.shape;
    this.dtype = job.dtype;
    this.range = job.range;
    this.byteLength = byteLengthOf(job);
  }

  abstract data(): Promise<TensorData>;

  async float32(): Promise<Float32Array> {
    return toFloat32(this.dtype, await this.data());
  }
}

/** Elements, such as `data()` gives them, as float32: exact but for uint32, which is rounded. */
export function toFloat32(dtype: Dtype, data: TensorData): Float32Array {
  if (data instanceof Float32Array) return data;
  return dtype === 'float16' || dtype === 'bfloat16'
    ? Float32Array.from(data, (bits) => decode(dtype, bits))
    : Float32Array.from(data);
}
