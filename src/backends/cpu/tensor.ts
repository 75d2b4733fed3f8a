import { type TensorData, viewAs } from '../../core/dtype';
import type { Job } from '../../jobs/job';
import { memoryBytes, goneError } from './destination';
import { FilledTensor, type Tensor } from '../tensor';

/** A tensor in an ArrayBuffer. */
export class CpuTensor extends FilledTensor implements Tensor {
  constructor(
    job: Job,
    readonly buffer: ArrayBuffer,
    readonly byteOffset: number,
  ) {
    super(job);
  }

  /** A view of `buffer`, not a copy. */
  async data(): Promise<TensorData> {
    if (memoryBytes(this.buffer) < this.byteOffset + this.byteLength) throw goneError();
    return viewAs(this.dtype, this.buffer, this.byteOffset, this.range.count);
  }

  destroy(): void {
    // Garbage collection frees it.
  }
}
