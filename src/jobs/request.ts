import type { Dtype } from '../core/dtype';
import type { Range, Shape } from '../core/shape';
import type { MathMode } from '../distributions/math';
import type { Filling } from '../initializers/resolve';
import type { Stream, StreamKey } from '../streams/definition';
import type { Seed } from '../streams/key';

export type { MathMode } from '../distributions/math';
export type { Filling } from '../initializers/resolve';

/**
 * What to compute, beside the initializer and the shape.
 *
 * @example
 * ```ts
 * import { type JobOptions, Sampler } from 'tensorseed';
 *
 * const options: JobOptions = { seed: 42, name: 'dense/kernel', dtype: 'float16' };
 * const sampler = await Sampler.create();
 * console.log(sampler.check('he_normal', [784, 128], options).dtype); // float16
 * sampler.destroy();
 * ```
 */
export interface JobOptions {
  /**
   * The seed: an integer in [0, 2^64), which must be a BigInt beyond 2^53 - 1, or a Key, also as JSON or a
   * structured clone keeps it. It comes before the initializer's own seed, which is used without it.
   */
  seed?: Seed | StreamKey;
  /**
   * What makes values of the seed, as another framework does: see `tensorseed/streams`. Default: that of the seed
   * where it is a key, and else tensorseed's own.
   */
  stream?: Stream;
  /** The path of the tensor. It derives a stream of its own, `Key.from(seed).fold(name)`. Default: none. */
  name?: string;
  /** The type of the elements. Default 'float32', or 'uint32' for `Bits`, which takes no other. */
  dtype?: Dtype;
  /** How normal values are computed. Default 'exact'. */
  math?: MathMode;
  /**
   * The elements to compute, counted row-major. `start` is 0 and `count` reaches to the end by default.
   * Default: all.
   */
  range?: Partial<Range>;
}

/**
 * One tensor of several. Where it leaves out `seed`, `dtype` or `math`, the options for all tensors hold.
 *
 * @example
 * ```ts
 * import { type TensorRequest, Sampler } from 'tensorseed';
 *
 * const requests: TensorRequest[] = [
 *   { name: 'kernel', initializer: 'glorot_uniform', shape: [784, 128] },
 *   { name: 'bias', initializer: 'zeros', shape: [128] },
 * ];
 * const sampler = await Sampler.create();
 * const tensors = await sampler.fillAll(requests, { seed: 42 });
 * console.log(tensors.map(({ byteLength }) => byteLength)); // [ 401408, 512 ]
 * sampler.destroy();
 * ```
 */
export interface TensorRequest extends JobOptions {
  /** What fills the tensor. */
  initializer: Filling;
  /** The shape of the whole tensor. */
  shape: Shape;
}

/**
 * One tensor of several, and the memory that it is written to.
 *
 * @example
 * ```ts
 * import { type FillRequest, Sampler } from 'tensorseed';
 *
 * const buffer = new ArrayBuffer(16);
 * const requests: FillRequest[] = [
 *   { initializer: 'ones', shape: [2], buffer },
 *   { initializer: 'zeros', shape: [2], buffer, byteOffset: 8 },
 * ];
 * const sampler = await Sampler.create({ backend: 'cpu' });
 * await sampler.fillAll(requests);
 * console.log(new Float32Array(buffer)); // Float32Array(4) [ 1, 1, 0, 0 ]
 * sampler.destroy();
 * ```
 */
export interface FillRequest extends TensorRequest {
  /**
   * The memory to write to: on the GPU backend a GPUBuffer with STORAGE usage, and with COPY_SRC usage where
   * it is read back; on the CPU an ArrayBuffer or a view. Default: memory of its own.
   */
  buffer?: GPUBuffer | ArrayBuffer | ArrayBufferView;
  /** The byte of `buffer` at which the tensor begins, a multiple of the element size. Default 0. */
  byteOffset?: number;
}

/**
 * Options for several tensors. A request may override each of them.
 *
 * @example
 * ```ts
 * import { Sampler, type SharedOptions } from 'tensorseed';
 *
 * const shared: SharedOptions = { seed: 42, dtype: 'bfloat16' };
 * const sampler = await Sampler.create();
 * const [bias] = await sampler.fillAll([{ initializer: 'zeros', shape: [128] }], shared);
 * console.log(bias.dtype); // bfloat16
 * sampler.destroy();
 * ```
 */
export interface SharedOptions {
  /**
   * The seed of all tensors, an integer in [0, 2^64) or a Key. Each request that draws must then have a name,
   * by which it has a stream of its own. It comes before the initializers' own seeds.
   */
  seed?: Seed | StreamKey;
  /** What makes values of the seeds. Default: that of the seed where it is a key, and else tensorseed's own. */
  stream?: Stream;
  /** The type of the elements. Default 'float32', or 'uint32' for `Bits`. */
  dtype?: Dtype;
  /** How normal values are computed. Default 'exact'. */
  math?: MathMode;
}

// The keys of the options above, by which misspelt ones are refused.
export const JOB_KEYS = ['seed', 'stream', 'name', 'dtype', 'math', 'range'] as const;
export const SHARED_KEYS = ['seed', 'stream', 'dtype', 'math'] as const;
export const TENSOR_KEYS = [...JOB_KEYS, 'initializer', 'shape'] as const;
export const FILL_KEYS = [...TENSOR_KEYS, 'buffer', 'byteOffset'] as const;
