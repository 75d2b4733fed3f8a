import { knownKeys } from '../../core/check';
import type { KeysPlace } from '../../backends/keys_place';
import { ArgumentError } from '../../core/errors';
import type { Sampler } from '../../sampler';
import { deviceOf } from '../memory';
import type { Output } from '../output';
import { CATEGORICAL_KEYS, PREPARED_KEYS } from './keys';
import type { LogitsOptions } from './options';
import type { PreparedOperation } from '../gpu/prepared';

/**
 * The options of {@link categorical}.
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { categorical, type CategoricalOptions } from 'tensorseed/operations';
 *
 * const options: CategoricalOptions = { vocabulary: 4, seed: 42, name: 'tokens', step: 7 };
 * const sampler = await Sampler.create();
 * const tokens = await categorical(sampler, new Float32Array(4 * 100), options);
 * console.log(tokens.shape); // [ 100 ]
 * sampler.destroy();
 * ```
 */
export interface CategoricalOptions extends LogitsOptions {
  /**
   * The memory to write to: on the GPU backend a GPUBuffer with STORAGE usage, and with COPY_SRC usage where it is
   * read back; on the CPU an ArrayBuffer or a view. Default: memory of its own.
   */
  buffer?: GPUBuffer | ArrayBuffer | ArrayBufferView;
  /** The byte of `buffer` at which the results begin, a multiple of 4. Default 0. */
  byteOffset?: number;
}

/**
 * Chooses a column of each row of logits, column c with the probability softmax(row / temperature)[c].
 *
 * The choice follows from the seed, the place of the row and the logits alone, and is the same on every device.
 * Logits of NaN and minus infinity are never chosen, and plus infinity wins over all finite logits. It is the
 * Gumbel-max trick (Gumbel, 1954) in integers: see DISTRIBUTIONS.md.
 * @param logits rows of logits, one after the other: on a GPU a GPUBuffer with STORAGE usage, or a typed array,
 *   which is uploaded; on the CPU a typed array. Halves are 16-bit patterns in a Uint16Array, or a Float16Array.
 * @returns the chosen columns, a uint32 for each row, or with `samples` a row of them; 0xffffffff where a row has no
 *   logit to choose
 * @throws ArgumentError (as a rejection) where an argument cannot be right
 * @throws DeviceError (as a rejection) where a limit of the device is too small, memory is exhausted or the device
 *   was lost
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { categorical } from 'tensorseed/operations';
 *
 * const sampler = await Sampler.create();
 * const logits = Float32Array.of(0, 1, 2, 3, 0, 0, 9, 0); // two rows
 * const tokens = await categorical(sampler, logits, { vocabulary: 4, seed: 42 });
 * console.log((await tokens.data()).length); // 2
 * sampler.destroy();
 * ```
 */
export async function categorical(
  sampler: Sampler,
  logits: GPUBuffer | Float32Array | Uint16Array | ArrayBufferView,
  options: CategoricalOptions,
): Promise<Output> {
  const device = deviceOf(sampler);
  const given = knownKeys('options', options, CATEGORICAL_KEYS) as unknown as CategoricalOptions;
  if (device === undefined) return (await import('./cpu')).categoricalOnCpu(logits, given);
  return (await import('./on_gpu')).categoricalOnGpu(device, logits, given);
}

/**
 * The options of {@link prepareCategorical}.
 *
 * @example
 * ```ts gpu
 * import { Sampler } from 'tensorseed';
 * import { prepareCategorical, type PrepareCategoricalOptions } from 'tensorseed/operations';
 *
 * const sampler = await Sampler.create({ backend: 'gpu' });
 * const usage = GPUBufferUsage.STORAGE;
 * const logits = sampler.device!.createBuffer({ size: 2 * 4 * 100, usage });
 * const buffer = sampler.device!.createBuffer({ size: 2 * 4, usage });
 * const options: PrepareCategoricalOptions = { vocabulary: 100, temperature: 0.7, seed: 42, buffer };
 * const prepared = await prepareCategorical(sampler, logits, options);
 * prepared.destroy();
 * sampler.destroy();
 * ```
 */
export interface PrepareCategoricalOptions extends LogitsOptions {
  /**
   * A place in a GPU buffer with a key and, where it has one, a step: commands that are recorded once then choose anew
   * each time, without a write from the host. The step is folded into the key, and then the name. It stands for `seed`
   * and `step`.
   */
  keys?: KeysPlace;
  /** The buffer to write to, with STORAGE usage. */
  buffer: GPUBuffer;
  /** The byte of `buffer` at which the results begin, a multiple of 4. Default 0. */
  byteOffset?: number;
}

/**
 * Makes all GPU objects that a choice from logits in a buffer needs, once. The result can be encoded any number of
 * times, and reads the logits that the buffer has when the commands run. It needs the GPU backend.
 * @param logits as for {@link categorical}, in a GPUBuffer
 * @throws ArgumentError (as a rejection) where an argument cannot be right, or the backend is the CPU
 * @throws DeviceError (as a rejection) where a limit of the device is too small, memory is exhausted or the device
 *   was lost
 *
 * @example
 * ```ts gpu
 * import { Sampler } from 'tensorseed';
 * import { prepareCategorical } from 'tensorseed/operations';
 *
 * const sampler = await Sampler.create({ backend: 'gpu' });
 * const device = sampler.device!;
 * const logits = device.createBuffer({ size: 400, usage: GPUBufferUsage.STORAGE });
 * const buffer = device.createBuffer({ size: 4, usage: GPUBufferUsage.STORAGE });
 * const prepared = await prepareCategorical(sampler, logits, { vocabulary: 100, seed: 42, buffer });
 * const encoder = device.createCommandEncoder();
 * prepared.encode(encoder);
 * device.queue.submit([encoder.finish()]);
 * prepared.destroy();
 * sampler.destroy();
 * ```
 */
export async function prepareCategorical(
  sampler: Sampler,
  logits: GPUBuffer,
  options: PrepareCategoricalOptions,
): Promise<PreparedOperation> {
  const device = deviceOf(sampler);
  if (device === undefined)
    throw new ArgumentError('prepareCategorical needs the GPU backend, got cpu; use categorical');
  const given = knownKeys('options', options, PREPARED_KEYS) as unknown as PrepareCategoricalOptions;
  return (await import('./on_gpu')).prepareChoice(device, logits, given);
}
