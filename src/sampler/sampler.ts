import type { Backend, Chunk, GpuCommands } from '../backends/backend';
import { backendOn, openBackend } from '../backends/choose';
import type { Encoder } from '../backends/gpu/commands/recording';
import type { PreparedFill } from '../backends/gpu/prepared';
import type { Tensor } from '../backends/tensor';
import { throwIfAborted } from '../core/abort';
import { knownKeys } from '../core/check';
import { ArgumentError, within } from '../core/errors';
import type { Shape } from '../core/shape';
import { type Watch, watchOf } from '../core/watch';
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
import { loaded, loadSampling } from '../initializers/loading';
import { resolveCall, resolveRequest, resolveRequests } from '../jobs/resolve';
import {
  checkDevice,
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
  seedBeside,
  slotsOf,
  WATCH_KEYS,
} from './options';

/**
 * Fills tensors with numbers that follow from a seed, on a GPU or on the CPU.
 *
 * The values depend on the seed, the name, the initializer, the shape and the dtype alone. They have the
 * same bits on every backend, with the exception of orthogonal matrices and of `math: 'native'`.
 *
 * @example
 * ```ts
 * import { initializers, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create();
 * const kernel = await sampler.fill(initializers.heNormal(), [3, 3, 64, 128], {
 *   seed: 42,
 *   name: 'encoder/conv_1/kernel',
 * });
 * console.log((await kernel.float32()).length); // 73728
 * kernel.destroy();
 * sampler.destroy();
 * ```
 */
export class Sampler {
  readonly #backend: Backend;
  #destroyed = false;

  private constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** @throws ArgumentError where it was destroyed */
  #live(): Backend {
    if (this.#destroyed) throw new ArgumentError('a sampler cannot be used after it was destroyed');
    return this.#backend;
  }

  /**
   * Whether a value is a sampler that was made here, and not only an object with the same prototype.
   * @hidden
   */
  static [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && #backend in value;
  }

  /**
   * Makes a sampler, and opens a device for it where `options` do not bring one.
   * @throws ArgumentError (as a rejection) where an option cannot be right, or options contradict each other
   * @throws DeviceError (as a rejection) where the backend is 'gpu' and there is no GPU
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   *
   * const sampler = await Sampler.create({ backend: 'cpu' });
   * console.log(sampler.backend); // cpu
   * sampler.destroy();
   * ```
   */
  static async create(options: SamplerOptions = {}): Promise<Sampler> {
    const { device, backend, cpu } = checkSamplerOptions(options);
    if (device === undefined) return new Sampler(await openBackend(backend, cpu));
    const sampler = Sampler.on(device);
    if (backend === 'cpu') {
      throw new ArgumentError("backend must be 'gpu' or 'auto' where a device is given, got cpu");
    }
    await sampler.#backend.load([]);
    return sampler;
  }

  /**
   * Makes a sampler on a device of the caller's: the same as `create({ device })`, but without a promise. The
   * code for GPUs may not be loaded then, so `encode` needs `load` before.
   * @throws ArgumentError where `device` is not a GPUDevice
   *
   * @example
   * ```ts gpu
   * import { Sampler } from 'tensorseed';
   *
   * const adapter = await navigator.gpu.requestAdapter();
   * if (adapter === null) throw new Error('no GPU');
   * const device = await adapter.requestDevice();
   * const sampler = Sampler.on(device);
   * console.log(sampler.device === device); // true
   * ```
   */
  static on(device: GPUDevice): Sampler {
    return new Sampler(backendOn(checkDevice(device)));
  }

  /**
   * The device of the GPU backend, or undefined on the CPU.
   * @throws ArgumentError where the sampler was destroyed
   * @internal
   */
  liveDevice(): GPUDevice | undefined {
    return this.#live().gpu?.device;
  }

  /** The kind of the backend that computes. */
  get backend(): 'gpu' | 'cpu' {
    return this.#backend.kind;
  }

  /** The device of the GPU backend, or undefined on the CPU. */
  get device(): GPUDevice | undefined {
    return this.#backend.gpu?.device;
  }

  /** The device or the method that computes, in words for people. */
  get description(): string {
    return this.#backend.description;
  }

  /**
   * Computes a tensor, or a range of one, in new memory or in the caller's.
   *
   * On a GPU the promise settles when the work is submitted, or with `onProgress` when it is done.
   * `tensor.data()` waits for the work.
   * @param initializer what fills the tensor: an identifier, an initializer, its JSON, or a list of parts
   * @param shape the shape of the whole tensor
   * @throws ArgumentError (as a rejection) where an argument cannot be right, before anything is written
   * @throws DeviceError (as a rejection) where memory is exhausted or the device was lost
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   *
   * const sampler = await Sampler.create();
   * const options = { seed: 42, name: 'dense/kernel' };
   * const whole = await sampler.fill('glorot_uniform', [784, 128], options);
   * const range = { start: 5000, count: 2 };
   * const part = await sampler.fill('glorot_uniform', [784, 128], { ...options, range });
   * const values = (await whole.float32()).slice(5000, 5002);
   * console.log(String(await part.float32()) === String(values)); // true
   * sampler.destroy();
   * ```
   */
  async fill(initializer: Filling, shape: Shape, options: FillOptions = {}): Promise<Tensor> {
    this.#live();
    const given: FillOptions = knownKeys('options', options, FILL_OPTION_KEYS);
    const resolved = loaded(() => resolveRequest({ ...given, initializer, shape }));
    const job = resolved instanceof Promise ? await resolved : resolved;
    const [tensor] = await this.fillJobs([job], given);
    return tensor;
  }

  /**
   * Computes many tensors in few submits.
   *
   * Each tensor has the values that `fill` gives it, and memory of its own unless its request has a buffer.
   * On a GPU one call makes at most 16384 buffers. Places that overlap are written in no promised order.
   * @param options options for the requests that do not override them
   * @returns the tensors, in the order of the requests
   * @throws ArgumentError (as a rejection) where an argument cannot be right, before anything is allocated.
   *   The message names the request.
   * @throws DeviceError (as a rejection) where memory is exhausted or the device was lost. All memory that
   *   was allocated is freed then.
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   *
   * const sampler = await Sampler.create();
   * const [kernel, bias] = await sampler.fillAll(
   *   [
   *     { name: 'dense/kernel', initializer: 'glorot_uniform', shape: [784, 128] },
   *     { name: 'dense/bias', initializer: 'zeros', shape: [128] },
   *   ],
   *   { seed: 42, dtype: 'bfloat16' },
   * );
   * console.log(kernel.byteLength, bias.byteLength); // 200704 256
   * sampler.destroy();
   * ```
   */
  async fillAll(requests: readonly FillRequest[], options: FillAllOptions = {}): Promise<Tensor[]> {
    this.#live();
    const given: FillAllOptions = knownKeys('options', options, [...SHARED_KEYS, ...WATCH_KEYS]);
    const resolved = loaded(() => resolveRequests(requests, given, FILL_KEYS));
    return this.fillJobs(resolved instanceof Promise ? await resolved : resolved, given);
  }

  /**
   * Computes jobs, which are resolved requests.
   * @internal
   */
  async fillJobs(jobs: readonly Job[], options: Watch): Promise<Tensor[]> {
    const backend = this.#live();
    const watch = watchOf(options);
    throwIfAborted(watch.signal);
    const loading = backend.load(jobs);
    if (loading !== undefined) await loading; // Memory that is checked at once cannot go away before.
    for (const job of jobs) within(job.label, () => backend.check(job));
    return backend.fill(jobs, watch);
  }

  /**
   * Encodes the filling of a tensor, or of a range of one, into the caller's command encoder or compute pass.
   *
   * It submits nothing and waits for nothing, and needs the GPU backend. An orthogonal matrix takes scratch
   * memory, somewhat more than a float32 matrix of its size, which is freed some time after the commands have
   * run, and code that `load` loads. What is encoded again and again is faster with `prepare`.
   * @throws ArgumentError where an argument cannot be right, the backend is the CPU, or code is not loaded (see
   *   `load`), before anything is encoded
   * @throws DeviceError where an orthogonal matrix is too large for the device, before anything is encoded
   *
   * @example
   * ```ts gpu
   * import { Sampler } from 'tensorseed';
   *
   * const sampler = await Sampler.create({ backend: 'gpu' });
   * const device = sampler.device!;
   * const buffer = device.createBuffer({ size: 4096, usage: GPUBufferUsage.STORAGE });
   * const encoder = device.createCommandEncoder();
   * sampler.encode(encoder, 'glorot_uniform', [32, 32], { seed: 42, name: 'w', buffer });
   * device.queue.submit([encoder.finish()]);
   * sampler.destroy();
   * ```
   */
  encode(encoder: Encoder, initializer: Filling, shape: Shape, options: EncodeOptions): void {
    const gpu = this.gpuFor('encode');
    gpu.encodeJob(encoder, resolveCall(initializer, shape, options, ENCODE_KEYS));
  }

  /**
   * Encodes a job, which is a resolved request.
   * @internal
   */
  encodeJob(encoder: Encoder, job: Job): void {
    this.gpuFor('encode').encodeJob(encoder, job);
  }

  /**
   * Loads all code that is otherwise loaded when it is first used, so that `encode` need not wait. After
   * `create` this is the code of orthogonal matrices alone, and after `on` also that for GPUs. Code is loaded
   * once in a program, and the functions that return promises load what they need themselves.
   *
   * @example
   * ```ts gpu
   * import { Sampler } from 'tensorseed';
   *
   * const sampler = await Sampler.create({ backend: 'gpu' });
   * await sampler.load();
   * const device = sampler.device!;
   * const buffer = device.createBuffer({ size: 4096, usage: GPUBufferUsage.STORAGE });
   * const encoder = device.createCommandEncoder();
   * sampler.encode(encoder, 'orthogonal', [32, 32], { seed: 42, buffer });
   * device.queue.submit([encoder.finish()]);
   * sampler.destroy();
   * ```
   */
  async load(): Promise<void> {
    const backend = this.#live();
    await loadSampling();
    await backend.load();
  }

  /**
   * Makes all GPU objects that are needed to fill a tensor, or a range of one, in the caller's buffer:
   * pipelines, bind groups, parameters, and the scratch memory of an orthogonal matrix.
   *
   * The result can be encoded any number of times, also with other seeds, and makes no GPU object then. It
   * needs the GPU backend.
   * @throws ArgumentError (as a rejection) where an argument cannot be right, or the backend is the CPU
   * @throws DeviceError (as a rejection) where a limit of the device is too small, memory is exhausted or the
   *   device was lost
   *
   * @example
   * ```ts gpu
   * import { Sampler } from 'tensorseed';
   *
   * const sampler = await Sampler.create({ backend: 'gpu' });
   * const device = sampler.device!;
   * const buffer = device.createBuffer({ size: 4096, usage: GPUBufferUsage.STORAGE });
   * const prepared = await sampler.prepare('random_normal', [1024], { seed: 42, buffer });
   * const encoder = device.createCommandEncoder();
   * prepared.encode(encoder);
   * device.queue.submit([encoder.finish()]);
   * prepared.destroy();
   * sampler.destroy();
   * ```
   */
  async prepare(initializer: Filling, shape: Shape, options: PrepareOptions): Promise<PreparedFill> {
    const gpu = this.gpuFor('prepare');
    const given: Omit<PrepareOptions, 'buffer'> = knownKeys('options', options, PREPARE_KEYS);
    const { keys, ...rest } = given;
    const seed = seedBeside(keys, rest.seed);
    const job = await loaded(() => resolveRequest({ ...rest, seed, initializer, shape }));
    return gpu.prepare([job], slotsOf(given), keys);
  }

  /**
   * Makes all GPU objects that are needed to fill many tensors, which are then encoded together.
   *
   * Places that overlap are written in no promised order. It needs the GPU backend.
   * @param options options for the requests that do not override them
   * @throws ArgumentError (as a rejection) where an argument cannot be right, or the backend is the CPU. The
   *   message names the request.
   * @throws DeviceError (as a rejection) where a limit of the device is too small, memory is exhausted or the
   *   device was lost
   *
   * @example
   * ```ts gpu
   * import { Sampler } from 'tensorseed';
   *
   * const sampler = await Sampler.create({ backend: 'gpu' });
   * const device = sampler.device!;
   * const buffer = device.createBuffer({ size: 4096, usage: GPUBufferUsage.STORAGE });
   * const prepared = await sampler.prepareAll(
   *   [
   *     { name: 'a', initializer: 'he_normal', shape: [512], buffer },
   *     { name: 'b', initializer: 'zeros', shape: [512], buffer, byteOffset: 2048 },
   *   ],
   *   { seed: 42 },
   * );
   * const encoder = device.createCommandEncoder();
   * prepared.encode(encoder);
   * device.queue.submit([encoder.finish()]);
   * prepared.destroy();
   * sampler.destroy();
   * ```
   */
  async prepareAll(
    requests: readonly PrepareRequest[],
    options: PrepareAllOptions = {},
  ): Promise<PreparedFill> {
    const gpu = this.gpuFor('prepareAll');
    const given: PrepareAllOptions = knownKeys('options', options, PREPARE_ALL_KEYS);
    const { keys, ...rest } = given;
    const seed = seedBeside(keys, rest.seed);
    const known = keys === undefined ? FILL_KEYS : FILL_KEYS.filter((key) => key !== 'seed');
    const jobs = await loaded(() => resolveRequests(requests, { ...rest, seed }, known));
    return gpu.prepare(jobs, slotsOf(given), keys);
  }

  private gpuFor(method: 'encode' | 'prepare' | 'prepareAll'): GpuCommands {
    const { gpu } = this.#live();
    if (gpu !== undefined) return gpu;
    const instead = method === 'prepareAll' ? 'fillAll' : 'fill';
    throw new ArgumentError(
      `${method} needs the GPU backend, got cpu; use ${instead}, or a sampler of Sampler.create({ backend: 'gpu' })`,
    );
  }

  /**
   * Yields the bytes of a tensor, or of a range of one, on the host and in bounded memory.
   *
   * The chunks come in order and hold whole elements, little endian. Each is valid until the next one is
   * asked for.
   * @throws ArgumentError (from the first chunk) where an argument cannot be right
   * @throws DeviceError (from a chunk) where memory is exhausted or the device was lost
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   *
   * const sampler = await Sampler.create();
   * let total = 0;
   * for await (const bytes of sampler.chunks('random_normal', [1000, 1000], { seed: 42 })) {
   *   total += bytes.byteLength;
   * }
   * console.log(total); // 4000000
   * sampler.destroy();
   * ```
   */
  async *chunks(initializer: Filling, shape: Shape, options: ChunkOptions = {}): AsyncGenerator<Uint8Array> {
    this.#live();
    const given: ChunkOptions = knownKeys('options', options, [...JOB_KEYS, ...CHUNK_KEYS]);
    const job = await loaded(() => resolveRequest({ ...given, initializer, shape }));
    for await (const { bytes } of this.chunksOfJobs([job], given)) yield bytes;
  }

  /**
   * Yields the bytes of many tensors, one tensor after the other, on the host and in bounded memory.
   *
   * Each tensor has the values that `fill` gives it. Small tensors share a submit and a copy to the host, so
   * hundreds of them take the time of their bytes.
   * @param options options for the requests that do not override them; `chunkBytes` is the memory of all
   *   requests together
   * @throws ArgumentError (from the first chunk) where an argument cannot be right. The message names the
   *   request.
   * @throws DeviceError (from a chunk) where memory is exhausted or the device was lost
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   *
   * const sampler = await Sampler.create();
   * const requests = [
   *   { name: 'kernel', initializer: 'he_normal', shape: [784, 128] },
   *   { name: 'bias', initializer: 'zeros', shape: [128] },
   * ];
   * const sizes = [0, 0];
   * for await (const { index, bytes } of sampler.chunksOfAll(requests, { seed: 42 })) {
   *   sizes[index] += bytes.byteLength;
   * }
   * console.log(sizes); // [ 401408, 512 ]
   * sampler.destroy();
   * ```
   */
  async *chunksOfAll(
    requests: readonly TensorRequest[],
    options: ChunkAllOptions = {},
  ): AsyncGenerator<Chunk> {
    this.#live();
    const given: ChunkAllOptions = knownKeys('options', options, [...SHARED_KEYS, ...CHUNK_KEYS]);
    const jobs = await loaded(() => resolveRequests(requests, given, TENSOR_KEYS));
    yield* this.chunksOfJobs(jobs, given);
  }

  /**
   * Yields the bytes of jobs, which are resolved requests.
   * @internal
   */
  async *chunksOfJobs(jobs: readonly Job[], options: Chunking): AsyncGenerator<Chunk> {
    const backend = this.#live();
    const bytes = chunkBytesOf(options);
    const watch = watchOf(options);
    throwIfAborted(watch.signal);
    if (jobs.every(({ range }) => range.count === 0)) return;
    await backend.load(jobs);
    yield* backend.stream(jobs, bytes, watch);
  }

  /**
   * Whether a job is computed on one thread of the CPU alone, so that parts of it may be computed on others.
   * @internal
   */
  usesOneThread(job: Job): boolean {
    return this.#live().usesOneThread(job);
  }

  /**
   * Checks the arguments of `fill` at once, and computes nothing.
   * @returns what `fill` would compute
   * @throws ArgumentError where `fill` would reject an argument
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   *
   * const sampler = await Sampler.create();
   * const { dtype, range } = sampler.check('he_normal', [784, 128], { seed: 42 });
   * console.log(dtype, range.count); // float32 100352
   * sampler.destroy();
   * ```
   */
  check(initializer: Filling, shape: Shape, options: JobOptions = {}): Job {
    this.#live();
    return resolveCall(initializer, shape, options, JOB_KEYS, false);
  }

  /**
   * Destroys the device, unless it is the caller's, and ends the threads, unless other samplers use them.
   *
   * From then on each method that fills or checks refuses with an ArgumentError, also on a device of the
   * caller's. What is under way on the CPU goes on, and on a device of the sampler's own it is rejected with a
   * DeviceError. A second call does nothing.
   *
   * @example
   * ```ts
   * import { Sampler } from 'tensorseed';
   *
   * const sampler = await Sampler.create();
   * const tensor = await sampler.fill('ones', [2]);
   * const values = await tensor.data();
   * sampler.destroy();
   * console.log(values); // Float32Array(2) [ 1, 1 ]
   * ```
   */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#backend.destroy();
  }
}
