/**
 * A place in a GPU buffer that holds a key and a step, so that commands which are submitted again and again draw
 * new numbers each time, without a write from the host.
 *
 * There are four words, little endian: `lo` and `hi` of the key, and the lower and the upper half of the step. A
 * tensor has the values of the seed `Key.from(key).fold(step)`.
 *
 * @example
 * ```ts gpu
 * import { Key, type KeysPlace, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create({ backend: 'gpu' });
 * const device = sampler.device!;
 * const buffer = device.createBuffer({ size: 4096, usage: GPUBufferUsage.STORAGE });
 * const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
 * const keys: KeysPlace = { buffer: device.createBuffer({ size: 16, usage }) };
 * const { lo, hi } = Key.from(42);
 * device.queue.writeBuffer(keys.buffer, 0, new Uint32Array([lo, hi, 0, 0]));
 * const prepared = await sampler.prepare('random_normal', [1024], { keys, buffer });
 * const encoder = device.createCommandEncoder();
 * prepared.encode(encoder); // Key.from(42).fold(0)
 * prepared.encode(encoder); // Key.from(42).fold(1)
 * device.queue.submit([encoder.finish()]);
 * prepared.destroy();
 * sampler.destroy();
 * ```
 */
export interface KeysPlace {
  /** The buffer, with STORAGE usage. */
  buffer: GPUBuffer;
  /** The byte of `buffer` at which the 16 bytes begin, a multiple of 4. Default 0. */
  byteOffset?: number;
  /**
   * Whether each `encode` moves the step on by 1, once all its tensors have their keys. Default true. With false
   * the caller's own commands move it.
   */
  advance?: boolean;
}
