import type { Backend, Chunk, GpuCommands } from '../backends/backend';
import { backendOn, openBackend } from '../backends/choose';
import type { Encoder } from '../backends/gpu/commands/recording';
import type { PreparedFill } from '../backends/gpu/prepared';
import type { Tensor } from '../backends/tensor';
import { checkSignal, throwIfAborted } from '../core/abort';
import { knownKeys } from '../core/check';
import { ArgumentError, within } from '../core/errors';
import type { Shape } from '../core/shape';
import type { Watch } from '../core/watch';
import type { Job } from '../jobs/job';
import {
  FILL_KEYS,
  type FillRequest,
  type Filling,
  JOB_KEYS,
  type JobOptions,
  SHARED_KEYS,
  TENSOR_KEYS,
  type TensorRequest,
} from '../jobs/request';
import { resolveCall, resolveRequests } from '../jobs/resolve';
import {
  CHUNK_KEYS,
  type ChunkAllOptions,
  chunkBytesOf,
  type Chunking,
  type ChunkOptions,
  checkSamplerOptions,
  ENCODE_KEYS,
  type EncodeOptions,
  type FillAllOptions,
  FILL_OPTION_KEYS,
  type FillOptions,
  PREPARE_ALL_KEYS,
  PREPARE_KEYS,
  type PrepareAllOptions,
  type PrepareOptions,
  type PrepareRequest,
  type SamplerOptions,
  slotsOf,
  WATCH_KEYS,
} from './options';

/** Fills tensors from seeds, on a GPU or on the CPU. */
export class Sampler {
  readonly #backend: Backend;

  private constructor(backend: Backend) {
    this.#backend = backend;
  }

  /**
   * @throws ArgumentError for options that contradict each other
   * @throws DeviceError where backend 'gpu' is asked for and there is none
   */
  static async create(options: SamplerOptions = {}): Promise<Sampler> {
    const { device, backend, path, threads } = checkSamplerOptions(options);
    if (device === undefined) return new Sampler(await openBackend(backend, path, threads));
    const sampler = Sampler.on(device);
    if (backend === 'cpu') {
      throw new ArgumentError("backend must be 'gpu' or 'auto' where a device is given, got cpu");
    }
    return sampler;
  }

  /**
   * A sampler on a device of the caller's, at once: what `create({ device })` resolves to.
   * @throws ArgumentError where `device` is none
   */
  static on(device: GPUDevice): Sampler {
    return new Sampler(backendOn(device));
  }

  get backend(): 'gpu' | 'cpu' {
    return this.#backend.kind;
  }

  /** The device behind the GPU backend. */
  get device(): GPUDevice | undefined {
    return this.#backend.gpu?.device;
  }

  /** What computes, in words. */
  get description(): string {
    return this.#backend.description;
  }

  /**
   * Computes a tensor, or a range of one, into memory of its own or the caller's. On a GPU the
   * promise settles when the work is submitted, or with `onProgress` when it is done;
   * `tensor.data()` waits for it.
   * @throws ArgumentError (as a rejection) before anything is written, where an argument cannot be right
   * @throws DeviceError (as a rejection) where memory is exhausted or the device was lost
   */
  async fill(initializer: Filling, shape: Shape, options: FillOptions = {}): Promise<Tensor> {
    const job = resolveCall(initializer, shape, options, FILL_OPTION_KEYS);
    const [tensor] = await this.fillJobs([job], options);
    return tensor;
  }

  /**
   * Computes many tensors, the same values as `fill` gives each, in as few submits as bounded time
   * allows. Each has memory of its own unless it says where it goes; places that overlap are written in no promised order.
   * @param options `seed`, `dtype` and `math` hold for requests that do not say otherwise
   * @returns the tensors, in the order of the requests
   * @throws ArgumentError (as a rejection) before anything is allocated, where an argument cannot be right; it names the request
   * @throws DeviceError (as a rejection) where memory is exhausted or the device was lost; no memory of ours is left then
   */
  async fillAll(requests: readonly FillRequest[], options: FillAllOptions = {}): Promise<Tensor[]> {
    knownKeys('options', options, [...SHARED_KEYS, ...WATCH_KEYS]);
    return this.fillJobs(resolveRequests(requests, options, FILL_KEYS), options);
  }

  /**
   * Computes what is resolved already.
   * @internal
   */
  async fillJobs(jobs: readonly Job[], { signal, onProgress }: Watch): Promise<Tensor[]> {
    checkSignal(signal);
    throwIfAborted(signal);
    for (const job of jobs) within(job.label, () => this.#backend.check(job));
    return this.#backend.fill(jobs, { signal, onProgress });
  }

  /**
   * Encodes the same into the caller's command encoder or compute pass: nothing is submitted and
   * nothing awaited. The scratch memory of an orthogonal, somewhat more than a float32 matrix of its
   * size, is freed when the commands have run and are forgotten. For what is encoded again and again: `prepare`.
   * @throws ArgumentError before anything is encoded, where an argument cannot be right
   * @throws DeviceError likewise, where an orthogonal is too large for the device
   */
  encode(encoder: Encoder, initializer: Filling, shape: Shape, options: EncodeOptions): void {
    const gpu = this.gpuFor('encode');
    gpu.encodeJob(encoder, resolveCall(initializer, shape, options, ENCODE_KEYS));
  }

  /**
   * Encodes what is resolved already.
   * @internal
   */
  encodeJob(encoder: Encoder, job: Job): void {
    this.gpuFor('encode').encodeJob(encoder, job);
  }

  /**
   * Makes all that filling a tensor, or a range of one, in the caller's buffer needs: pipelines, bind
   * groups, parameters, and for an orthogonal its scratch memory. What it returns can be encoded
   * any number of times, with other seeds, too, and makes no GPU object then.
   * @throws ArgumentError (as a rejection) where an argument cannot be right
   * @throws DeviceError (as a rejection) where the device cannot, memory is exhausted or the device was lost
   */
  async prepare(initializer: Filling, shape: Shape, options: PrepareOptions): Promise<PreparedFill> {
    const gpu = this.gpuFor('prepare');
    return gpu.prepare([resolveCall(initializer, shape, options, PREPARE_KEYS)], slotsOf(options));
  }

  /**
   * Prepares many tensors likewise, to be encoded together, a dispatch or few for each. Places that overlap are written in
   * no promised order.
   * @param options `seed`, `dtype` and `math` hold for requests that do not say otherwise
   */
  async prepareAll(
    requests: readonly PrepareRequest[],
    options: PrepareAllOptions = {},
  ): Promise<PreparedFill> {
    const gpu = this.gpuFor('prepareAll');
    knownKeys('options', options, PREPARE_ALL_KEYS);
    return gpu.prepare(resolveRequests(requests, options, FILL_KEYS), slotsOf(options));
  }

  private gpuFor(method: string): GpuCommands {
    const { gpu } = this.#backend;
    if (gpu === undefined) throw new ArgumentError(`${method} needs the GPU backend, got cpu`);
    return gpu;
  }

  /**
   * A tensor, or a range of one, on the host in bounded memory: its bytes (little endian) chunk
   * after chunk, in order. A chunk is valid until the next one is asked for.
   */
  async *chunks(initializer: Filling, shape: Shape, options: ChunkOptions = {}): AsyncGenerator<Uint8Array> {
    const job = resolveCall(initializer, shape, options, [...JOB_KEYS, ...CHUNK_KEYS]);
    for await (const { bytes } of this.chunksOfJobs([job], options)) yield bytes;
  }

  /**
   * Many tensors likewise, one after the other, each the same as by itself. Small ones share a submit
   * and a way to the host, so that hundreds of them cost what their bytes cost.
   * @param options `seed`, `dtype` and `math` hold for requests that do not say otherwise; `chunkBytes` is of all together
   */
  async *chunksOfAll(
    requests: readonly TensorRequest[],
    options: ChunkAllOptions = {},
  ): AsyncGenerator<Chunk> {
    knownKeys('options', options, [...SHARED_KEYS, ...CHUNK_KEYS]);
    yield* this.chunksOfJobs(resolveRequests(requests, options, TENSOR_KEYS), options);
  }

  /**
   * The bytes of what is resolved already.
   * @internal
   */
  async *chunksOfJobs(jobs: readonly Job[], options: Chunking): AsyncGenerator<Chunk> {
    const { signal, onProgress } = options;
    const bytes = chunkBytesOf(options);
    checkSignal(signal);
    if (jobs.every(({ range }) => range.count === 0)) return;
    yield* this.#backend.stream(jobs, bytes, { signal, onProgress });
  }

  /**
   * Refuses what `fill` would refuse, at once and without computing anything.
   * @returns what would be computed
   */
  check(initializer: Filling, shape: Shape, options: JobOptions = {}): Job {
    return resolveCall(initializer, shape, options, JOB_KEYS);
  }

  /** Destroys the device, unless it is the caller's, and ends the threads, unless other samplers use them. */
  destroy(): void {
    this.#backend.destroy();
  }
}
