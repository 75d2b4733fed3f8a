import type { Watch } from '../../core/watch';
import type { Job } from '../../jobs/job';
import type { Backend, Chunk, GpuCommands } from '../backend';
import type { KeysPlace } from '../keys_place';
import type { Tensor } from '../tensor';
import type { Encoder } from './commands/recording';
import { describe } from './device/describe';
import { gpuCode, loadedGpuCode, loadGpuCode } from './loading';
import type { PreparedFill } from './prepared';

/** Computes on a WebGPU device. */
export class GpuBackend implements Backend, GpuCommands {
  readonly kind = 'gpu';
  readonly gpu = this;

  /** @param owned whether the device is destroyed with the backend */
  constructor(
    readonly device: GPUDevice,
    private readonly owned: boolean,
  ) {
    gpuCode()?.Health.of(device); // A loss is known from here on.
  }

  get description(): string {
    return describe(this.device.adapterInfo);
  }

  load(jobs?: readonly Job[]): Promise<void> | undefined {
    const code = gpuCode();
    const complete =
      jobs !== undefined && code !== undefined && !code.lacksOperandsOf(jobs) && !code.lacksShadersOf(jobs);
    return complete ? undefined : this.loadMissing(jobs);
  }

  private async loadMissing(jobs?: readonly Job[]): Promise<void> {
    const { Health, lacksOperandsOf, lacksShadersOf, loadOperands, loadShaders } = await loadGpuCode();
    Health.of(this.device);
    if (jobs === undefined || lacksOperandsOf(jobs)) await loadOperands();
    if (jobs === undefined || lacksShadersOf(jobs)) await loadShaders(jobs);
  }

  check(job: Job): void {
    loadedGpuCode().checkOnGpu(this.device, job);
  }

  fill(jobs: readonly Job[], watch: Watch): Promise<Tensor[]> {
    return loadedGpuCode().fillOnGpu(this.device, jobs, watch);
  }

  async *stream(jobs: readonly Job[], batchBytes: number, watch: Watch): AsyncGenerator<Chunk> {
    const { streamFromGpu } = await import('./stream');
    yield* streamFromGpu(this.device, jobs, batchBytes, watch);
  }

  encodeJob(encoder: Encoder, job: Job): void {
    loadedGpuCode().encodeOnGpu(this.device, encoder, job);
  }

  async prepare(jobs: readonly Job[], slots: number, keys?: KeysPlace): Promise<PreparedFill> {
    await this.load(jobs);
    return loadedGpuCode().prepareOnGpu(this.device, jobs, slots, keys);
  }

  usesOneThread(): boolean {
    return false;
  }

  destroy(): void {
    if (this.owned) this.device.destroy();
  }
}
