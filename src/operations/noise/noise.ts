import { knownKeys } from '../../core/check';
import type { Sampler } from '../../sampler';
import { change, type KeysOptions, prepareChange } from '../elementwise/change';
import { CALL_KEYS, type ElementsOptions, type ResultOptions } from '../elementwise/options';
import type { PreparedOperation } from '../gpu/prepared';
import type { KeyOptions } from '../key';
import { deviceOf } from '../memory';
import type { Output } from '../output';
import { noiseOperation } from './operation';

/**
 * The options of {@link addNoise}.
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { addNoise, type NoiseOptions } from 'tensorseed/operations';
 *
 * const options: NoiseOptions = { stddev: 0.1, seed: 42, name: 'image', step: 7 };
 * const sampler = await Sampler.create({ backend: 'cpu' });
 * const image = new Float32Array(100);
 * await addNoise(sampler, image, options);
 * console.log(image.some((value) => value !== 0)); // true
 * sampler.destroy();
 * ```
 */
export interface NoiseOptions extends KeyOptions, ElementsOptions, ResultOptions {
  /** The standard deviation of the noise, a finite number >= 0. */
  stddev: number;
  /** The mean of the noise. Default 0. */
  mean?: number;
}

/**
 * The options of {@link prepareNoise}.
 *
 * @example
 * ```ts gpu
 * import { Sampler } from 'tensorseed';
 * import { prepareNoise, type PrepareNoiseOptions } from 'tensorseed/operations';
 *
 * const sampler = await Sampler.create({ backend: 'gpu' });
 * const device = sampler.device!;
 * const [values, key] = [4096, 16].map((size) =>
 *   device.createBuffer({ size, usage: GPUBufferUsage.STORAGE }),
 * );
 * const options: PrepareNoiseOptions = { stddev: 0.1, keys: { buffer: key } };
 * const prepared = await prepareNoise(sampler, values, options);
 * prepared.destroy();
 * sampler.destroy();
 * ```
 */
export interface PrepareNoiseOptions extends NoiseOptions, KeysOptions {
  /** The buffer to write to, with STORAGE usage. Default: the input itself. */
  buffer?: GPUBuffer;
}

const KEYS = [...CALL_KEYS, 'mean', 'stddev'];

/** The options, with the input as the memory to write to where they name none. */
function inPlace<T extends NoiseOptions>(input: unknown, given: T): T {
  const { buffer, byteOffset, inputOffset } = given;
  if (buffer !== undefined || byteOffset !== undefined) return given;
  return { ...given, buffer: input, ...(inputOffset !== undefined && { byteOffset: inputOffset }) };
}

/**
 * Adds normal noise to elements, in place unless `buffer` is given.
 *
 * The noise of an element is that of RandomNormal(mean, stddev) in float32 at its place, and is the same on every
 * device. The sum is rounded once, and halves once more. What is infinite or NaN stays as it is. See
 * DISTRIBUTIONS.md.
 * @param input on a GPU a GPUBuffer with STORAGE usage, or a typed array, of which a noisy copy is made on the GPU;
 *   on the CPU a typed array. Halves are 16-bit patterns in a Uint16Array, or a Float16Array.
 * @returns the results
 * @throws ArgumentError (as a rejection) where an argument cannot be right, before anything is written
 * @throws DeviceError (as a rejection) where memory is exhausted or the device was lost
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { addNoise } from 'tensorseed/operations';
 *
 * const sampler = await Sampler.create({ backend: 'cpu' });
 * const values = Float32Array.of(1, 2, 3, Infinity);
 * await addNoise(sampler, values, { stddev: 0.01, seed: 42 });
 * console.log(values.map(Math.round)); // Float32Array(4) [ 1, 2, 3, Infinity ]
 * sampler.destroy();
 * ```
 */
export async function addNoise(
  sampler: Sampler,
  input: GPUBuffer | ArrayBufferView,
  options: NoiseOptions,
): Promise<Output> {
  const given = knownKeys('options', options, KEYS) as unknown as NoiseOptions;
  const { mean = 0, stddev } = given;
  const isUploaded = deviceOf(sampler) !== undefined && ArrayBuffer.isView(input);
  const operation = noiseOperation(sampler, mean, stddev);
  return change(sampler, operation, input, isUploaded ? given : inPlace(input, given));
}

/**
 * Makes all GPU objects that noise in a buffer needs, once. The result can be encoded any number of times, and adds to
 * the elements that the buffer has when the commands run. It needs the GPU backend.
 * @param input a GPUBuffer with STORAGE usage
 * @throws ArgumentError (as a rejection) where an argument cannot be right, or the backend is the CPU
 * @throws DeviceError (as a rejection) where a limit of the device is too small, memory is exhausted or the device
 *   was lost
 *
 * @example
 * ```ts gpu
 * import { Sampler } from 'tensorseed';
 * import { prepareNoise } from 'tensorseed/operations';
 *
 * const sampler = await Sampler.create({ backend: 'gpu' });
 * const device = sampler.device!;
 * const buffer = device.createBuffer({ size: 4096, usage: GPUBufferUsage.STORAGE });
 * const prepared = await prepareNoise(sampler, buffer, { stddev: 0.1, seed: 42 });
 * const encoder = device.createCommandEncoder();
 * prepared.encode(encoder);
 * device.queue.submit([encoder.finish()]);
 * prepared.destroy();
 * sampler.destroy();
 * ```
 */
export async function prepareNoise(
  sampler: Sampler,
  input: GPUBuffer,
  options: PrepareNoiseOptions,
): Promise<PreparedOperation> {
  const given = knownKeys('options', options, [...KEYS, 'keys']) as unknown as PrepareNoiseOptions;
  const { mean = 0, stddev } = given;
  const operation = noiseOperation(sampler, mean, stddev);
  return prepareChange(sampler, ['prepareNoise', 'addNoise'], operation, input, inPlace(input, given));
}
