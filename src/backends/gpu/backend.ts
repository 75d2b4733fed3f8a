import { within } from '../../core/errors';
import type { Watch } from '../../core/watch';
import type { Job } from '../../jobs/job';
import type { Backend, Chunk, GpuCommands } from '../backend';
import type { Tensor } from '../tensor';
import type { Encoder } from './commands/recording';
import { checkGpuBuffer } from './device/buffer';
import { describe } from './device/device';
import { Health } from './device/health';
import { Owned } from './device/owned';
import { refusal } from './device/refusal';
import { checkOnGpu, fillOnGpu } from './fill';
import { checkEncoder, PreparedFill } from './prepared';
import { streamFromGpu } from './stream';

/** Computes on a WebGPU device. */
export class GpuBackend implements Backend, GpuCommands {
  readonly kind = 'gpu';
  readonly gpu = this;

  /** @param owned whether the device is destroyed with the backend */
  constructor(
    readonly device: GPUDevice,
    private readonly owned: boolean,
  ) {
    Health.of(device);
  }

  get description(): string {
    return describe(this.device.adapterInfo);
  }

  check(job: Job): void {
    checkOnGpu(this.device, job);
  }

  fill(jobs: readonly Job[], watch: Watch): Promise<Tensor[]> {
    return fillOnGpu(this.device, jobs, watch);
  }

  stream(jobs: readonly Job[], batchBytes: number, watch: Watch): AsyncGenerator<Chunk> {
    return streamFromGpu(this.device, jobs, batchBytes, watch);
  }

  encodeJob(encoder: Encoder, job: Job): void {
    checkEncoder(encoder);
    Health.of(this.device).check();
    checkGpuBuffer(this.device, job.buffer);
    this.check(job);
    if (job.range.count === 0) return;
    const owned = new Owned();
    try {
      new PreparedFill(this.device, [job], 1, owned).encode(encoder);
    } catch (error) {
      owned.destroy();
      throw refusal('the commands', error);
    }
  }

  async prepare(jobs: readonly Job[], slots: number): Promise<PreparedFill> {
    for (const job of jobs) {
      within(job.label, () => {
        checkGpuBuffer(this.device, job.buffer);
        this.check(job);
      });
    }
    return PreparedFill.create(this.device, jobs, slots);
  }

  destroy(): void {
    if (this.owned) this.device.destroy();
  }
}
