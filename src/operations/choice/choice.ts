import { knownKeys } from '../../core/check';
import type { Sampler } from '../../sampler';
import { KEY_KEYS, type KeyOptions } from '../key';
import { deviceOf } from '../memory';
import type { Output } from '../output';

/**
 * The options of {@link choice}.
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { choice, type ChoiceOptions } from 'tensorseed/operations';
 *
 * const options: ChoiceOptions = { seed: 42, name: 'batch', step: 3, replacement: false };
 * const sampler = await Sampler.create();
 * const indices = await choice(sampler, 1000, 32, options);
 * console.log(new Set(await indices.data()).size); // 32
 * sampler.destroy();
 * ```
 */
export interface ChoiceOptions extends KeyOptions {
  /** Whether an index may be chosen more than once. Default true. */
  replacement?: boolean;
  /**
   * The memory to write to: on the GPU backend a GPUBuffer with STORAGE usage, and without replacement COPY_DST; on
   * the CPU an ArrayBuffer or a view. Default: memory of its own.
   */
  buffer?: GPUBuffer | ArrayBuffer | ArrayBufferView;
  /** The byte of `buffer` at which the results begin, a multiple of 4. Default 0. */
  byteOffset?: number;
}

const CHOICE_KEYS = [...KEY_KEYS, 'replacement', 'buffer', 'byteOffset'];

/**
 * Chooses indices at random, with or without replacement. They are the same on every device: see DISTRIBUTIONS.md.
 *
 * With replacement each index follows from 64 random bits of its own. Without, the order is that in which indices
 * would be chosen one after the other; each of the population is looked at, on the CPU.
 * @param population the number of equally likely indices, in [1, 2^32] and without replacement in [1, 2^24]; or the
 *   probability of each index, at most 2^24 numbers >= 0 on the host, which need not add up to 1. With replacement
 *   they count in units of 2^-39 of the largest.
 * @param count the number of indices to choose
 * @returns a uint32 for each index
 * @throws ArgumentError (as a rejection) where an argument cannot be right, or there are fewer indices to choose
 * @throws DeviceError (as a rejection) where a limit of the device is too small, memory is exhausted or the device
 *   was lost
 *
 * @example
 * ```ts
 * import { Sampler } from 'tensorseed';
 * import { choice } from 'tensorseed/operations';
 *
 * const sampler = await Sampler.create();
 * const indices = await choice(sampler, [0.5, 0, 0.25, 0.25], 10_000, { seed: 42 });
 * console.log(new Set(await indices.data()).has(1)); // false
 * sampler.destroy();
 * ```
 */
export async function choice(
  sampler: Sampler,
  population: number | ArrayLike<number>,
  count: number,
  options: ChoiceOptions = {},
): Promise<Output> {
  const device = deviceOf(sampler);
  const given: ChoiceOptions = knownKeys('options', options, CHOICE_KEYS);
  if (device === undefined) return (await import('./on_cpu')).chooseOnCpu(population, count, given);
  return (await import('./on_gpu')).chooseOnGpu(device, population, count, given);
}
