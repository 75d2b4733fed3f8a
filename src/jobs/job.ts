import type { Dtype } from '../core/dtype';
import { bytesPerElement } from '../core/dtype';
import type { Range, Shape } from '../core/shape';
import type { Draw } from '../distributions/draw';
import type { MathMode } from '../distributions/math';
import { distributionOf, type Parameters } from '../distributions/parameters';
import type { Filling } from '../initializers/resolve';
import type { Stream, StreamKey } from '../streams/definition';

/**
 * The elements of a tensor that one draw fills.
 *
 * @example
 * ```ts
 * import { Sampler, type Stretch } from 'tensorseed';
 *
 * const sampler = await Sampler.create();
 * const [stretch]: readonly Stretch[] = sampler.check('zeros', [128]).stretches;
 * console.log(stretch.draw, stretch.range.count); // { kind: 'constant', value: 0 } 128
 * sampler.destroy();
 * ```
 */
export interface Stretch {
  /** What fills the elements. */
  readonly draw: Draw;
  /**
   * The draw as integers and bit patterns of the dtype.
   * @internal
   */
  readonly params: Parameters;
  /** The elements, counted row-major in the whole tensor. */
  readonly range: Range;
}

/**
 * A tensor, or a range of one, that is checked and resolved, as `Sampler.check` returns it.
 *
 * @example
 * ```ts
 * import { type Job, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create();
 * const job: Job = sampler.check('he_normal', [784, 128], { seed: 42, dtype: 'bfloat16' });
 * console.log(job.dtype, job.range, job.key.value); // bfloat16 { start: 0, count: 100352 } 42n
 * sampler.destroy();
 * ```
 */
export interface Job {
  /** What messages call the tensor, or '' where it is the only one. */
  readonly label: string;
  /** The path of the tensor, or undefined without one. */
  readonly name: string | undefined;
  /** The shape of the whole tensor. */
  readonly shape: Shape;
  /** The type of the elements. */
  readonly dtype: Dtype;
  /** What makes the values; undefined for tensorseed's own stream. */
  readonly stream: Stream | undefined;
  /** The key of the stream, into which the name is folded. */
  readonly key: StreamKey;
  /**
   * What fills the whole tensor, as frozen JSON: Keras's envelope, or a list of parts with such. An initializer
   * of the caller's own is itself.
   */
  readonly initializer: Filling;
  /** How normal values are computed. */
  readonly math: MathMode;
  /** The elements to compute, counted row-major. */
  readonly range: Range;
  /** What fills the elements, in row-major order. */
  readonly stretches: readonly Stretch[];
  /** The caller's memory, or undefined where the backend makes it. */
  readonly buffer: unknown;
  /** The byte of the memory at which the range begins. */
  readonly byteOffset: number;
}

/** The length of the elements of a job in bytes. */
export function byteLengthOf({ range, dtype }: Pick<Job, 'range' | 'dtype'>): number {
  return range.count * bytesPerElement(dtype);
}

/** The byte at which the elements of a stretch begin in the memory of its job. */
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
