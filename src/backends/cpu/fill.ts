import { throwIfAborted } from '../../core/abort';
import { bytesPerElement, patternsIn } from '../../core/dtype';
import type { Watch } from '../../core/watch';
import { byteLengthOf, byteOffsetOf, type Job, type Stretch } from '../../jobs/job';
import { largestBatch, pack } from '../../jobs/pack';
import type { Chunk } from '../backend';
import type { Computer } from './computer';
import { allocateBytes, memoryBytes, type Destination, goneError } from './destination';
import type { Source } from './source';
import { openSource } from './sources';
import { pause } from './turns';

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
    await pause(signal);
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
 * @throws ArgumentError where the caller has taken memory away in the meantime
 */
async function fillStretch(
  source: Source,
  job: Job,
  stretch: Stretch,
  memory: ArrayBuffer,
  watch: Watch,
): Promise<void> {
  const { start, count } = stretch.range;
  const byteOffset = byteOffsetOf(job, stretch);
  const isThere = (): boolean => memoryBytes(memory) >= byteOffset + count * bytesPerElement(job.dtype);
  try {
    if (isThere()) await source.fill(start, patternsIn(job.dtype, memory, byteOffset, count), watch);
  } catch (error) {
    if (isThere()) throw error;
  }
  // Views of memory that is gone have no elements, and so there may have been no error.
  if (!isThere()) throw goneError(job.label);
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
  let memory = allocateBytes(largestBatch(jobs, batchBytes), 'a chunk', 'take a smaller chunkBytes');
  let current: { index: number; sources: Sources } | undefined;
  try {
    for (const batch of pack(jobs, batchBytes)) {
      for (const { job, index } of batch) {
        await pause(watch.signal);
        throwIfAborted(watch.signal);
        // Who got the slice before this one may have transferred it to another thread.
        if (memory.byteLength === 0) memory = new ArrayBuffer(largestBatch(jobs, batchBytes));
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
