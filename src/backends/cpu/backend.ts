import { within } from '../../core/errors';
import type { Watch } from '../../core/watch';
import type { Job } from '../../jobs/job';
import type { Backend, Chunk } from '../backend';
import type { Tensor } from '../tensor';
import type { Computer } from './computer';
import { allocate, destinationOf } from './destination';
import { fillMemory } from './fill';
import type { CpuPath } from './options';
import { CpuTensor } from './tensor';

/** Computes on the CPU, into ArrayBuffers. */
export class CpuBackend implements Backend {
  readonly kind = 'cpu';
  readonly gpu = undefined;

  constructor(private readonly computer: Computer) {}

  get path(): CpuPath {
    return this.computer.path;
  }

  get description(): string {
    return this.computer.description;
  }

  load(): undefined {
    return undefined; // Everything here waits, so each part loads what it needs.
  }

  check(job: Job): void {
    if (job.buffer !== undefined) destinationOf(job);
  }

  async fill(jobs: readonly Job[], watch: Watch): Promise<Tensor[]> {
    const destinations = jobs.map((job) =>
      within(job.label, () => (job.buffer === undefined ? allocate(job) : destinationOf(job))),
    );
    await fillMemory(this.computer, jobs, destinations, watch);
    return jobs.map((job, i) => new CpuTensor(job, destinations[i].buffer, destinations[i].byteOffset));
  }

  async *stream(jobs: readonly Job[], batchBytes: number, watch: Watch): AsyncGenerator<Chunk> {
    const { streamFromMemory } = await import('./stream');
    yield* streamFromMemory(this.computer, jobs, batchBytes, watch);
  }

  usesOneThread({ key, dtype, stretches }: Job): boolean {
    return stretches.some(
      ({ params }) => params.kernel !== 'orthogonal' && this.computer.usesOneThread({ params, key, dtype }),
    );
  }

  destroy(): void {
    this.computer.destroy();
  }
}
