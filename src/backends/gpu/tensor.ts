import { type TensorData, viewAs } from '../../core/dtype';
import type { Job } from '../../jobs/job';
import { FilledTensor, type Tensor } from '../tensor';
import { readBuffer } from './device/read';

/** A tensor in a GPUBuffer. */
export class GpuTensor extends FilledTensor implements Tensor {
  readonly byteOffset: number;

  constructor(
    job: Job,
    readonly buffer: GPUBuffer,
    private readonly device: GPUDevice,
  ) {
    super(job);
    this.byteOffset = job.byteOffset;
    this.owned = job.buffer === undefined;
  }

  private readonly owned: boolean;

  async data(): Promise<TensorData> {
    const bytes = await readBuffer(this.device, this.buffer, this.byteOffset, this.byteLength);
    return viewAs(this.dtype, bytes, 0, this.range.count);
  }

  destroy(): void {
    if (this.owned) this.buffer.destroy();
  }
}
