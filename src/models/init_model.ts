import { checkSignal, throwIfAborted } from '../core/abort';
import { knownKeys } from '../core/check';
import { ArgumentError, show } from '../core/errors';
import { type BackendChoice, type MathMode, Sampler, Key, type Seed } from '../sampler';
import { InitializedModel } from './initialized';
import { resolveTensors } from './resolved';
import { describeModel, MODEL_KEYS, type ModelOptions, type ModelSource } from './source';

export interface InitModelOptions extends ModelOptions {
  /** An integer in [0, 2^64), or a Key. Required. */
  readonly seed: Seed;
  /** Default 'exact'. */
  readonly math?: MathMode;
  /** What fills; it stays the caller's. Default: one of our own, with `device` or `backend`. */
  readonly sampler?: Sampler;
  readonly device?: GPUDevice;
  readonly backend?: BackendChoice;
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
    const tensors = await sampler.fillJobs(
      planned.map(({ job }) => job),
      { signal, onProgress },
    );
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
