import { allocateBytes, destinationOf } from '../../backends/cpu/destination';
import { bytesPerElement, type Dtype, type TensorData, viewAs } from '../../core/dtype';
import { product, type Shape } from '../../core/shape';
import type { Output } from '../output';

/** Elements in an ArrayBuffer. */
export class CpuOutput implements Output {
  readonly byteLength: number;

  private constructor(
    readonly shape: Shape,
    readonly dtype: Dtype,
    readonly buffer: ArrayBuffer,
    readonly byteOffset: number,
  ) {
    this.byteLength = product(shape) * bytesPerElement(dtype);
  }

  /**
   * Elements in the caller's memory, or in new memory.
   * @throws ArgumentError where the caller's cannot take them
   * @throws DeviceError where there is not enough memory
   */
  static in(buffer: unknown, byteOffset: number, shape: Shape, dtype: Dtype): CpuOutput {
    const range = { start: 0, count: product(shape) };
    const bytes = range.count * bytesPerElement(dtype);
    const place =
      buffer === undefined
        ? { buffer: allocateBytes(bytes, 'the result', 'compute fewer elements at a time'), byteOffset: 0 }
        : destinationOf({ buffer, byteOffset, dtype, range });
    return new CpuOutput(shape, dtype, place.buffer, place.byteOffset);
  }

  /** The elements themselves, not a copy. */
  get elements(): TensorData {
    return viewAs(this.dtype, this.buffer, this.byteOffset, product(this.shape));
  }

  async data(): Promise<TensorData> {
    return this.elements;
  }

  destroy(): void {
    // Garbage collection frees it.
  }
}
