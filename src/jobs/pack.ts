import { bytesPerElement } from '../core/dtype';
import { byteLengthOf, type Job, partOf } from './job';
import { GROUP_BYTES } from './plan';

/** A part of one of several jobs as it lies in a batch. */
export interface Slice {
  /** The part as a job, whose `byteOffset` counts in the batch. */
  readonly job: Job;
  /** The index of the whole job. */
  readonly index: number;
  /** Whether the whole job ends here. */
  readonly last: boolean;
}

/** The number of elements of a Philox block. */
const LANES = 4;

/**
 * The bytes of memory that a batch of `batchBytes` bytes of elements may take. Its first slice need not begin
 * at 0.
 */
export function batchMemory(batchBytes: number): number {
  return batchBytes + GROUP_BYTES;
}

/**
 * Cuts jobs into batches of at most `batchBytes` bytes of elements, in order. Many small jobs share a batch,
 * and a large one takes several. Each slice is placed so that its elements keep the lanes of their Philox
 * blocks, which is the fast path.
 * @param batchBytes a multiple of 16
 */
export function* pack(jobs: readonly Job[], batchBytes: number): Generator<Slice[]> {
  let batch: Slice[] = [];
  let used = 0; // bytes of memory
  let filled = 0; // bytes of elements
  for (const [index, job] of jobs.entries()) {
    const size = bytesPerElement(job.dtype);
    const end = job.range.start + job.range.count;
    for (let start = job.range.start; start < end;) {
      const byteOffset = GROUP_BYTES * Math.ceil(used / GROUP_BYTES) + (start % LANES) * size;
      const room = Math.min(batchBytes - filled, batchMemory(batchBytes) - byteOffset);
      // The cut is between groups, so that the next slice begins at a group.
      const count = Math.min(end - start, (GROUP_BYTES * Math.floor(room / GROUP_BYTES)) / size);
      if (count <= 0) {
        yield batch;
        batch = [];
        used = 0;
        filled = 0;
        continue;
      }
      batch.push({ job: partOf(job, { start, count }, byteOffset), index, last: start + count === end });
      start += count;
      used = byteOffset + count * size;
      filled += count * size;
    }
  }
  if (batch.length > 0) yield batch;
}

/**
 * The bytes of memory that the largest batch takes. They are fewer than `batchMemory` where there are few
 * elements.
 */
export function largestBatch(jobs: readonly Job[], batchBytes: number): number {
  const most = jobs.reduce((sum, job) => sum + 2 * GROUP_BYTES + byteLengthOf(job), 0);
  return Math.min(batchMemory(batchBytes), GROUP_BYTES * Math.ceil(most / GROUP_BYTES));
}
