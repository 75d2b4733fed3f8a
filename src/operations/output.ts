import type { Dtype, TensorData } from '../core/dtype';
import type { Shape } from '../core/shape';

/**
 * The elements that an operation computed, in the memory of the GPU or the CPU.
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { categorical, type Output } from 'tensorseed/operations';
 *
 * const sampler = await Sampler.create({ backend: 'cpu' });
 * const logits = Float32Array.of(0, 3, 1, 5, 2, 4);
 * const tokens: Output = await categorical(sampler, logits, { vocabulary: 3, temperature: 0 });
 * console.log(tokens.dtype, tokens.shape, await tokens.data()); // uint32 [ 2 ] Uint32Array(2) [ 1, 0 ]
 * tokens.destroy();
 * sampler.destroy();
 * ```
 */
export interface Output {
  /** The sizes along the axes. */
  readonly shape: Shape;
  /** The type of the elements. */
  readonly dtype: Dtype;
  /** The memory that holds the elements: a GPUBuffer on the GPU backend, an ArrayBuffer on the CPU. */
  readonly buffer: GPUBuffer | ArrayBuffer;
  /** The byte of `buffer` at which the elements begin. */
  readonly byteOffset: number;
  /** The length of the elements in bytes. */
  readonly byteLength: number;
  /**
   * Returns the elements on the host, in the typed array of the dtype. On a GPU it waits until they are computed.
   * @throws ArgumentError (as a rejection) where the buffer is the caller's and has no COPY_SRC usage
   * @throws DeviceError (as a rejection) where the device was lost
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   * import { categorical } from 'tensorseed/operations';
   *
   * const sampler = await Sampler.create();
   * const tokens = await categorical(sampler, Float32Array.of(1, 2), { vocabulary: 2, temperature: 0 });
   * console.log(await tokens.data()); // Uint32Array(1) [ 1 ]
   * sampler.destroy();
   * ```
   */
  data(): Promise<TensorData>;
  /**
   * Frees the memory that the operation allocated. A buffer of the caller's stays.
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   * import { categorical } from 'tensorseed/operations';
   *
   * const sampler = await Sampler.create();
   * const tokens = await categorical(sampler, Float32Array.of(1, 2), { vocabulary: 2, temperature: 0 });
   * tokens.destroy();
   * sampler.destroy();
   * ```
   */
  destroy(): void;
}
