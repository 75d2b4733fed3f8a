import { checkSignal, throwIfAborted } from '../core/abort';
import { knownKeys } from '../core/check';
import type { MathMode } from '../distributions/draw';
import { bytesPerElement } from '../core/dtype';
import { ArgumentError, show } from '../core/errors';
import { Key, type Seed } from '../streams/key';
import type { FillRequest } from '../jobs/requests';
import { type Backend, Sampler } from '../sampler/sampler';
import type { Tensor } from '../sampler/tensor';
import { InitializedModel } from './initialized';
import { type ResolvedTensor, resolveTensors } from './resolved';
import { describeModel, MODEL_KEYS, type ModelOptions, type ModelSource } from './source';

export interface InitModelOptions extends ModelOptions {
  /** An integer in [0, 2^64), or a Key. Required. */
  readonly seed: Seed;
  /** Default 'exact'. */
  readonly math?: MathMode;
  /** What fills; it stays the caller's. Default: one of our own, with `device` or `backend`. */
  readonly sampler?: Sampler;
  readonly device?: GPUDevice;
  readonly backend?: Backend;
  readonly signal?: AbortSignal;
  /** Called now and then with the share of the work that is done, in [0, 1]. */
  readonly onProgress?: (share: number) => void;
}

const OPTION_KEYS = [...MODEL_KEYS, 'seed', 'math', 'sampler', 'device', 'backend', 'signal', 'onProgress'];

/**
 * Fills all tensors of a model in few submits, each from the stream `Key.from(seed).fold(name)`:
 * adding, removing or reordering tensors changes no other, and nor do seeds in configurations.
 * @param source what describeModel takes: a preset's name, a description, a checkpoint's header
 * @throws ArgumentError (as a rejection) before anything is allocated, one line that names the
 *   tensor, where source or options cannot be right
 * @throws DeviceError (as a rejection) where memory is exhausted or the device was lost; nothing
 *   stays allocated
 */
export async function initModel(source: ModelSource, options: InitModelOptions): Promise<InitializedModel> {
  const { seed, math, signal, onProgress } = knownKeys(
    'options',
    options,
    OPTION_KEYS,
  ) as unknown as InitModelOptions;
  if (seed === undefined) throw new ArgumentError('seed is missing: give an integer in [0, 2^64)');
  const key = Key.from(seed);
  checkSampler(options);
  checkSignal(signal);
  throwIfAborted(signal);
  const given = Object.entries(options).filter(([name]) => (MODEL_KEYS as readonly string[]).includes(name));
  const model = describeModel(source, Object.fromEntries(given));
  const planned = resolveTensors(model, { seed: key, dtype: options.dtype, math });

  const { sampler = await Sampler.create({ device: options.device, backend: options.backend }) } = options;
  const owned = options.sampler === undefined;
  try {
    const tensors = await fill(sampler, planned, { seed: key, math, signal, onProgress });
    const weights = planned.map(({ name, shape, dtype, initializer }, i) => ({
      name,
      shape,
      dtype,
      initializer,
      tensor: tensors[i],
    }));
    return new InitializedModel(model, seed, weights, sampler, owned);
  } catch (error) {
    if (owned) sampler.destroy();
    throw error;
  }
}

function checkSampler({ sampler, device, backend }: InitModelOptions): void {
  if (sampler === undefined) return;
  if (!(sampler instanceof Sampler))
    throw new ArgumentError(`sampler must be a Sampler, got ${show(sampler)}`);
  if (device !== undefined || backend !== undefined)
    throw new ArgumentError('sampler and device or backend exclude each other');
}

type Shared = Parameters<Sampler['fillAll']>[1] & object;

/** Each tensor as its first part fills it, then the other parts over that. */
async function fill(
  sampler: Sampler,
  planned: readonly ResolvedTensor[],
  options: Shared,
): Promise<Tensor[]> {
  const whole = planned.map(({ name, shape, dtype, stretches: [first] }): FillRequest => ({
    initializer: first.initializer,
    shape,
    name,
    dtype,
  }));
  const tensors = await sampler.fillAll(whole, options);
  const rest = planned.flatMap(({ name, shape, dtype, stretches: [, ...others] }, i) =>
    others.map(({ initializer, range }): FillRequest => {
      const { buffer, byteOffset } = tensors[i];
      return {
        initializer,
        shape,
        name,
        dtype,
        range,
        buffer,
        byteOffset: byteOffset + range.start * bytesPerElement(dtype),
      };
    }),
  );
  if (rest.length === 0) return tensors;
  try {
    await sampler.fillAll(rest, { ...options, onProgress: undefined });
  } catch (error) {
    for (const tensor of tensors) tensor.destroy();
    throw error;
  }
  return tensors;
}
