import { knownKeys } from '../../core/check';
import type { Sampler } from '../../sampler';
import { change, type KeysOptions, prepareChange } from '../elementwise/change';
import { CALL_KEYS, type ElementsOptions, type ResultOptions } from '../elementwise/options';
import type { PreparedOperation } from '../gpu/prepared';
import type { KeyOptions } from '../key';
import type { Output } from '../output';
import { dropoutOperation } from './operation';

/**
 * The options of {@link dropout}.
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { dropout, type DropoutOptions } from 'tensorseed/operations';
 *
 * const options: DropoutOptions = { rate: 0.1, seed: 42, name: 'layer_0', step: 7 };
 * const sampler = await Sampler.create();
 * const kept = await dropout(sampler, new Float32Array(100), options);
 * console.log(kept.shape); // [ 100 ]
 * sampler.destroy();
 * ```
 */
export interface DropoutOptions extends KeyOptions, ElementsOptions, ResultOptions {
  /** The probability that an element becomes 0, in [0, 1). It is rounded to a multiple of 2^-32. */
  rate: number;
}

/**
 * The options of {@link prepareDropout}.
 *
 * @example
 * ```ts gpu
 * import { Sampler } from 'tensorseed';
 * import { prepareDropout, type PrepareDropoutOptions } from 'tensorseed/operations';
 *
 * const sampler = await Sampler.create({ backend: 'gpu' });
 * const device = sampler.device!;
 * const [buffer, key] = [4096, 16].map((size) =>
 *   device.createBuffer({ size, usage: GPUBufferUsage.STORAGE }),
 * );
 * const options: PrepareDropoutOptions = { rate: 0.1, keys: { buffer: key }, buffer };
 * const prepared = await prepareDropout(sampler, buffer, options);
 * prepared.destroy();
 * sampler.destroy();
 * ```
 */
export interface PrepareDropoutOptions extends DropoutOptions, KeysOptions {
  /** The buffer to write to, with STORAGE usage. It may be the input itself. */
  buffer: GPUBuffer;
}

/**
 * Sets each element to 0 with the probability `rate`, and multiplies all others by 1 / (1 - rate).
 *
 * The mask follows from the seed and the places of the elements alone, and is the same on every device. It is never
 * stored: the gradient is the dropout of the incoming gradient, by the same function with the same options. Products
 * are rounded once, and an element that is kept stays infinite or NaN. See DISTRIBUTIONS.md.
 * @param input on a GPU a GPUBuffer with STORAGE usage, or a typed array, which is uploaded; on the CPU a typed
 *   array. Halves are 16-bit patterns in a Uint16Array, or a Float16Array.
 * @returns the results, in `buffer` where it is given
 * @throws ArgumentError (as a rejection) where an argument cannot be right, before anything is written
 * @throws DeviceError (as a rejection) where memory is exhausted or the device was lost
 * @see Srivastava et al., 2014, https://jmlr.org/papers/v15/srivastava14a.html
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { dropout } from 'tensorseed/operations';
 *
 * const sampler = await Sampler.create();
 * const options = { rate: 0.5, seed: 42, name: 'layer_0', step: 7 };
 * const activations = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8);
 * const forward = await (await dropout(sampler, activations, options)).data();
 * const gradient = await (await dropout(sampler, new Float32Array(8).fill(1), options)).data();
 * console.log(forward.every((y, i) => Number(y) === Number(gradient[i]) * activations[i])); // true
 * sampler.destroy();
 * ```
 */
export async function dropout(
  sampler: Sampler,
  input: GPUBuffer | ArrayBufferView,
  options: DropoutOptions,
): Promise<Output> {
  const given = knownKeys('options', options, [...CALL_KEYS, 'rate']) as unknown as DropoutOptions;
  return change(sampler, dropoutOperation(given.rate), input, given);
}

/**
 * Makes all GPU objects that a dropout of a buffer needs, once. The result can be encoded any number of times, and
 * reads the elements that the buffer has when the commands run. It needs the GPU backend.
 * @param input a GPUBuffer with STORAGE usage
 * @throws ArgumentError (as a rejection) where an argument cannot be right, or the backend is the CPU
 * @throws DeviceError (as a rejection) where a limit of the device is too small, memory is exhausted or the device
 *   was lost
 *
 * @example
 * ```ts gpu
 * import { Sampler } from 'tensorseed';
 * import { prepareDropout } from 'tensorseed/operations';
 *
 * const sampler = await Sampler.create({ backend: 'gpu' });
 * const device = sampler.device!;
 * const buffer = device.createBuffer({ size: 4096, usage: GPUBufferUsage.STORAGE });
 * const prepared = await prepareDropout(sampler, buffer, { rate: 0.1, seed: 42, buffer });
 * const encoder = device.createCommandEncoder();
 * prepared.encode(encoder);
 * device.queue.submit([encoder.finish()]);
 * prepared.destroy();
 * sampler.destroy();
 * ```
 */
export async function prepareDropout(
  sampler: Sampler,
  input: GPUBuffer,
  options: PrepareDropoutOptions,
): Promise<PreparedOperation> {
  const known = [...CALL_KEYS, 'rate', 'keys'];
  const given = knownKeys('options', options, known) as unknown as PrepareDropoutOptions;
  return prepareChange(sampler, ['prepareDropout', 'dropout'], dropoutOperation(given.rate), input, given);
}
