import { patternsIn } from '../../core/dtype';
import type { Watch } from '../../core/watch';
import { byteLengthOf, byteOffsetOf, type Job, type Stretch } from '../../jobs/job';
import { largestBatch, pack } from '../../jobs/pack';
import type { Chunk } from '../backend';
import type { Computer } from './computer';
import type { Destination } from './destination';
import type { Source } from './source';
import { openSource } from './sources';

/** Computes jobs into their destinations. It gives way to other work now and then. */
export async function fillMemory(
  computer: Computer,
  jobs: readonly Job[],
  destinations: readonly Destination[],
  { signal, onProgress }: Watch,
): Promise<void> {
  const total = jobs.reduce((sum, { range }) => sum + range.count, 0);
  let done = 0;
  for (const [i, job] of jobs.entries()) {
    const placed = { ...job, byteOffset: destinations[i].byteOffset };
    for (const stretch of job.stretches) {
      const { count } = stretch.range;
      const start = done;
      done += count;
      const share = (part: number): void => onProgress?.((start + part * count) / total);
      const watch = { signal, onProgress: share };
      const source = await openSource(computer, job, stretch, watch);
      try {
        await fillStretch(source, placed, stretch, destinations[i].buffer, watch);
      } finally {
        source.close();
      }
    }
  }
}

/**
 * Computes a stretch of a job.
 * @param job whose `byteOffset` counts in `memory`
 */
async function fillStretch(
  source: Source,
  job: Job,
  stretch: Stretch,
  memory: ArrayBuffer,
  watch: Watch,
): Promise<void> {
  const { start, count } = stretch.range;
  const out = patternsIn(job.dtype, memory, byteOffsetOf(job, stretch), count);
  await source.fill(start, out, watch);
}

/**
 * The elements of jobs, slice after slice. The bytes of a slice are valid until the next one is asked for.
 */
export async function* streamFromMemory(
  computer: Computer,
  jobs: readonly Job[],
  batchBytes: number,
  watch: Watch,
): AsyncGenerator<Chunk> {
  const memory = new ArrayBuffer(largestBatch(jobs, batchBytes));
  let current: { index: number; sources: Sources } | undefined;
  try {
    for (const batch of pack(jobs, batchBytes)) {
      for (const { job, index } of batch) {
        if (current?.index !== index) {
          current?.sources.close();
          current = { index, sources: new Sources(computer, jobs[index], watch) };
        }
        for (const stretch of job.stretches) {
          const source = await current.sources.of(stretch);
          await fillStretch(source, job, stretch, memory, { signal: watch.signal });
        }
        const bytes = new Uint8Array(memory, job.byteOffset, byteLengthOf(job));
        yield { index, start: job.range.start, bytes };
      }
    }
  } finally {
    current?.sources.close();
  }
}

/** The sources of the stretches of one job that is streamed. Each is opened once. */
class Sources {
  private readonly opened = new Map<Stretch['params'], Source>();

  constructor(
    private readonly computer: Computer,
    private readonly job: Job,
    private readonly watch: Watch,
  ) {}

  async of(stretch: Stretch): Promise<Source> {
    let source = this.opened.get(stretch.params);
    if (source === undefined) {
      source = await openSource(this.computer, this.job, stretch, this.watch);
      this.opened.set(stretch.params, source);
    }
    return source;
  }

  close(): void {
    for (const source of this.opened.values()) source.close();
  }
}
