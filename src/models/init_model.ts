import { throwIfAborted } from '../core/abort';
import { knownKeys } from '../core/check';
import { ArgumentError, show } from '../core/errors';
import { watchOf } from '../core/watch';
import { tensorBytes } from '../formats/safetensors';
import { type BackendChoice, keyIn, type MathMode, Sampler, type Stream } from '../sampler';
import { refuseUndefinedDevice } from '../sampler/options';
import { streamOf } from '../streams/definition';
import { bytesOf } from './bytes';
import { checkReadable, type ReadBytes } from './copied_chunks';
import { inOrderOf } from './in_order_of';
import { InitializedModel, type Weight } from './initialized';
import { loadReaderFor } from './reader';
import { checkSeeds, resolveTensors, type SeedOptions } from './resolved';
import { MODEL_KEYS, type ModelOptions, type ModelSource } from './options';
import { describeModel, notesIn } from './source';
import { memoryJob, upload } from './upload';

/**
 * How initModel fills a model: the seed, and what fills.
 *
 * @example
 * ```ts
 * import { initModel, type InitModelOptions, layers, Sequential } from 'tensorseed/models';
 *
 * const options: InitModelOptions = { seed: 42, dtype: 'bfloat16', backend: 'cpu' };
 * const model = await initModel(new Sequential([layers.dense({ units: 4, inputShape: [3] })]), options);
 * console.log(model.weights[0].dtype); // bfloat16
 * model.destroy();
 * ```
 */
export interface InitModelOptions extends ModelOptions, SeedOptions {
  /**
   * The name of the stream, such as 'keras/jax', instead of `stream`: Keras's own weights on that backend, for a
   * model whose initializers have integer seeds.
   */
  readonly like?: string;
  /** How normals are computed. Default 'exact', which gives the same bits on every device. */
  readonly math?: MathMode;
  /**
   * What fills, and what goes on after the model is destroyed. Default: a sampler of the model's own, made with
   * `device` or `backend`.
   */
  readonly sampler?: Sampler;
  /** The WebGPU device that fills and that owns the buffers. It stays the caller's. Not beside `sampler`. */
  readonly device?: GPUDevice;
  /** Where the model is filled. Default 'auto': on a GPU where there is one. Not beside `sampler`. */
  readonly backend?: BackendChoice;
  /**
   * Reads the bytes of tensors that are copied. Required where there are some, unless the source was the bytes of
   * the whole file.
   */
  readonly read?: ReadBytes;
  /** Ends the work early: the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called now and then with the share of the work that is done, in [0, 1]. */
  readonly onProgress?: (share: number) => void;
}

const OPTION_KEYS = [
  ...MODEL_KEYS,
  'seed',
  'stream',
  'seeds',
  'like',
  'math',
  'sampler',
  'device',
  'backend',
  'read',
  'signal',
  'onProgress',
];

/**
 * Fills all tensors of a model. Each is drawn from the stream `Key.from(seed).fold(name)`, so that adding,
 * removing or reordering tensors changes no other tensor. Seeds in configurations have no effect without
 * `seeds`. Each tensor has memory of its own, which on a GPU at most 16384 tensors can have. `modelFile` has no such limit.
 *
 * @param source what describeModel takes: a preset's name, a Keras model, a description, a checkpoint's header
 * @throws ArgumentError (as a rejection) before anything is allocated, one line that names the
 *   tensor, where source or options cannot be right
 * @throws DeviceError (as a rejection) where memory is exhausted or the device was lost; nothing
 *   stays allocated
 * @example
 * ```ts
 * import { initModel, layers, Sequential } from 'tensorseed/models';
 *
 * const model = await initModel(new Sequential([layers.dense({ units: 4, inputShape: [3] })]), { seed: 42 });
 * const kernel = model.tensors.get('dense/kernel'); // a tensor, with its buffer
 * const [values, bias] = await model.getWeights();
 * console.log(values.shape.join(), String(bias)); // 3,4 0,0,0,0
 * model.destroy();
 * ```
 */
export async function initModel(source: ModelSource, options: InitModelOptions): Promise<InitializedModel> {
  const read = knownKeys('options', options, OPTION_KEYS) as unknown as InitModelOptions;
  const { seed, seeds, dtype, math, device, backend } = read;
  const stream = streamOf(await asked(read), seed);
  checkSeeds(read, stream);
  if (device === undefined) refuseUndefinedDevice(options);
  checkSampler(read);
  const watch = watchOf(read);
  throwIfAborted(watch.signal);
  const given = Object.entries(read).filter(([name]) => (MODEL_KEYS as readonly string[]).includes(name));
  const bytes = bytesOf('the model', source);
  if (bytes !== undefined) await loadReaderFor(bytes);
  const model = describeModel(source, Object.fromEntries(given));
  const { copies } = model;
  checkReadable(copies, read.read);
  const filled = resolveTensors(model, {
    seed,
    seeds,
    ...(stream !== undefined && { stream }),
    dtype,
    math,
  });
  const planned = [...filled, ...copies.map((copied) => ({ ...copied, job: memoryJob(copied) }))];

  const { sampler = await Sampler.create(device === undefined ? { backend } : { device, backend }) } = read;
  const owned = read.sampler === undefined;
  try {
    const { signal, onProgress } = watch;
    const bytes = planned.map(tensorBytes);
    const copiedShare = sum(bytes.slice(filled.length)) / Math.max(sum(bytes), 1);
    const tensors = await sampler.fillJobs(
      planned.map(({ job }) => job),
      { signal, onProgress: onProgress && ((share) => onProgress(share * (1 - copiedShare))) },
    );
    try {
      await upload(copies, tensors.slice(filled.length), {
        device: sampler.device,
        read: read.read,
        signal,
        onProgress: onProgress && ((share) => onProgress(1 - copiedShare * (1 - share))),
      });
    } catch (error) {
      for (const tensor of tensors) tensor.destroy();
      throw error;
    }
    const weights = planned.map((one, i): Weight => {
      const { name, shape } = one;
      const initializer = 'initializer' in one ? one.initializer : undefined;
      return { name, shape, dtype: one.job.dtype, initializer, tensor: tensors[i] };
    });
    const given = typeof seed === 'object' ? keyIn(stream, seed, undefined) : seed;
    const notes = notesIn(stream, model, seeds);
    const listed = inOrderOf(model.names, weights);
    return new InitializedModel(model, notes, given, listed, sampler, owned, dtype ?? 'float32');
  } catch (error) {
    if (owned) sampler.destroy();
    throw error;
  }
}

/** The stream that the options name. */
async function asked({ stream, like }: InitModelOptions): Promise<Stream | undefined> {
  if (like === undefined) return stream;
  if (stream !== undefined) throw new ArgumentError('stream and like exclude each other');
  const { streamNamed } = await import('../streams/named');
  return streamNamed('like', like);
}

function checkSampler({ sampler, device, backend }: InitModelOptions): void {
  if (sampler === undefined) return;
  if (!(sampler instanceof Sampler))
    throw new ArgumentError(`sampler must be a Sampler, got ${show(sampler)}`);
  if (device !== undefined || backend !== undefined)
    throw new ArgumentError('sampler and device or backend exclude each other');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
