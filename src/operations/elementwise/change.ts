import { ArgumentError } from '../../core/errors';
import type { Sampler } from '../../sampler';
import type { KeysPlace } from '../../backends/keys_place';
import { type KeyOptions, keyOf, refuseBesideKeys } from '../key';
import { deviceOf } from '../memory';
import type { Output } from '../output';
import type { Operation } from './operation';
import { checkElements, type ElementsOptions, type ResultOptions } from './options';
import type { PreparedOperation } from '../gpu/prepared';

/** Changes elements where the sampler computes. */
export async function change(
  sampler: Sampler,
  operation: Operation,
  input: unknown,
  given: KeyOptions & ElementsOptions & ResultOptions,
): Promise<Output> {
  const device = deviceOf(sampler);
  const asked = checkElements(given);
  const key = keyOf(given);
  if (device === undefined) {
    const { elementsOnCpu } = await import('./cpu');
    return elementsOnCpu(sampler, operation, key, asked, input);
  }
  const { elementsOnGpu } = await import('./on_gpu');
  return elementsOnGpu(device, operation, key, asked, input);
}

/** What prepared operations take beside. */
export interface KeysOptions {
  /**
   * Where the key and the step are on the GPU, which take the place of `seed` and `step`: each `encode` has the
   * random numbers of its step. Default: the seed has the key.
   */
  keys?: KeysPlace;
}

/**
 * Prepares a change of elements.
 * @param verb what messages call the caller, and what they say in its place
 */
export async function prepareChange(
  sampler: Sampler,
  [verb, instead]: readonly [string, string],
  operation: Operation,
  input: unknown,
  given: KeyOptions & KeysOptions & ElementsOptions & ResultOptions,
): Promise<PreparedOperation> {
  const device = deviceOf(sampler);
  if (device === undefined) throw new ArgumentError(`${verb} needs the GPU backend, got cpu; use ${instead}`);
  const asked = checkElements(given);
  const { keys, name } = given;
  refuseBesideKeys(keys, given);
  const key = keys === undefined ? keyOf(given) : undefined;
  const { prepareElements } = await import('./on_gpu');
  return prepareElements(device, operation, { key, name, keys }, asked, input);
}
