import { bytesPerElement, patternsIn } from '../../core/dtype';
import type { Watch } from '../../core/watch';
import { byteOffsetOf, type Job, type Stretch } from '../../jobs/job';
import type { Computer } from './computer';
import { memoryBytes, type Destination, goneError } from './destination';
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
export async function fillStretch(
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
