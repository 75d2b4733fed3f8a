import type { Dtype } from '../core/dtype';
import type { Range, Shape } from '../core/shape';
import type { MathMode } from '../distributions/math';
import type { Filling } from '../initializers/resolve';
import type { Seed } from '../streams/key';

export type { MathMode } from '../distributions/math';
export type { Filling } from '../initializers/resolve';

/** What to compute, beside the initializer and the shape. */
export interface JobOptions {
  /**
   * The stream: an integer in [0, 2^64) or a Key. It comes before the initializer's own seed;
   * without it that one counts.
   */
  seed?: Seed;
  /** The tensor's path; it derives a stream of its own: `Key.from(seed).fold(name)`. */
  name?: string;
  /** Default float32, for bits uint32. */
  dtype?: Dtype;
  /** Default 'exact'. */
  math?: MathMode;
  /** Elements to compute, counted row-major; default all. */
  range?: Partial<Range>;
}

/** One tensor of several. What it does not say itself, the options for all of them say. */
export interface TensorRequest extends JobOptions {
  initializer: Filling;
  shape: Shape;
}

/** One tensor of several, and where it goes. */
export interface FillRequest extends TensorRequest {
  /**
   * Where to write: a GPUBuffer with STORAGE usage (COPY_SRC too, to read it back), or on the CPU
   * an ArrayBuffer or a view. Default: memory of its own.
   */
  buffer?: GPUBuffer | ArrayBuffer | ArrayBufferView;
  /** Where in `buffer` to begin, in bytes: a multiple of the element size. Default 0. */
  byteOffset?: number;
}

/** What holds for every request that does not say otherwise. */
export interface SharedOptions {
  /**
   * One seed for all: each request that draws must then have a name, by which it has a stream of
   * its own. It comes before the initializers' own seeds.
   */
  seed?: Seed;
  dtype?: Dtype;
  math?: MathMode;
}

export const JOB_KEYS = ['seed', 'name', 'dtype', 'math', 'range'] as const;
export const SHARED_KEYS = ['seed', 'dtype', 'math'] as const;
export const TENSOR_KEYS = [...JOB_KEYS, 'initializer', 'shape'] as const;
export const FILL_KEYS = [...TENSOR_KEYS, 'buffer', 'byteOffset'] as const;
