import type { Dtype } from '../core/dtype';
import { bytesPerElement } from '../core/dtype';
import type { Range, Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import { distributionOf, type Parameters } from '../distributions/parameters';
import type { Key } from '../streams/key';

/** Elements of a tensor that one draw fills. */
export interface Stretch {
  readonly draw: Draw;
  readonly params: Parameters;
  readonly range: Range;
}

/** A tensor, or a range of one, that is checked and resolved: all that a backend needs. */
export interface Job {
  /** What messages call it; '' where it is the only one. */
  readonly label: string;
  readonly name: string | undefined;
  readonly shape: Shape;
  readonly dtype: Dtype;
  readonly key: Key;
  /** The elements to compute, counted row-major. */
  readonly range: Range;
  /** What fills them, in row-major order. */
  readonly stretches: readonly Stretch[];
  /** The caller's memory; undefined where a backend is to make it. */
  readonly buffer: unknown;
  /** Where in the memory the range begins, in bytes. */
  readonly byteOffset: number;
}

/** Bytes of the elements of a job. */
export function byteLengthOf({ range, dtype }: Pick<Job, 'range' | 'dtype'>): number {
  return range.count * bytesPerElement(dtype);
}

/** Where the elements of a stretch begin in the memory of its job, in bytes. */
export function byteOffsetOf(
  job: Pick<Job, 'range' | 'dtype' | 'byteOffset'>,
  { range }: Pick<Stretch, 'range'>,
): number {
  return job.byteOffset + (range.start - job.range.start) * bytesPerElement(job.dtype);
}

/** A range of a job as a job of its own. */
export function partOf(job: Job, range: Range, byteOffset: number): Job {
  const end = range.start + range.count;
  const stretches = job.stretches.flatMap((stretch) => {
    const start = Math.max(stretch.range.start, range.start);
    const count = Math.min(stretch.range.start + stretch.range.count, end) - start;
    return count > 0 ? [{ ...stretch, range: { start, count } }] : [];
  });
  return { ...job, range, stretches, byteOffset };
}

/** Whether any value of a job depends on its key. */
export function isRandom({ stretches }: Job): boolean {
  return stretches.some(({ draw }) => distributionOf(draw).random);
}
