import { checkSignal, throwIfAborted } from '../core/abort';
import { count as checkCount, integerIn, knownKeys, oneOf } from '../core/check';
import { allocate, checkDestination, fillMemory, streamFromMemory } from '../backends/cpu/backend';
import type { Computer } from '../backends/cpu/computer';
import { CPU_PATHS, type CpuPath, openComputer } from '../backends/cpu/open';
import { ArgumentError, DeviceError, show, within } from '../core/errors';
import { isFasterThan } from '../backends/gpu/device/adapter_kind';
import { describe, openDevice } from '../backends/gpu/device/device';
import { fillOnGpu, placeOnGpu } from '../backends/gpu/commands/fill';
import { Health } from '../backends/gpu/device/health';
import { checkEncoder, placeInBuffer, PreparedFill } from '../backends/gpu/commands/prepared';
import type { Encoder } from '../backends/gpu/commands/recording';
import { streamFromGpu } from '../backends/gpu/commands/stream';
import { type InitializerSpec, type Job, type JobOptions, JOB_KEYS, resolveJob } from '../jobs/job';
import {
  FILL_KEYS,
  type FillRequest,
  type Resolved,
  resolveRequest,
  resolveRequests,
  SHARED_KEYS,
  type SharedOptions,
  TENSOR_KEYS,
  type TensorRequest,
} from '../jobs/requests';
import type { Shape } from '../core/shape';
import { CpuTensor, type Tensor } from './tensor';
import type { Watch } from '../core/watch';

export const BACKENDS = ['auto', 'gpu', 'cpu'] as const;
export type Backend = (typeof BACKENDS)[number];

export interface SamplerOptions {
  /** A device of the caller's: never destroyed, its error handling left alone. Default: one of our own. */
  device?: GPUDevice;
  /**
   * auto, the default, takes a GPU where there is one, else the CPU: the same bits either way. A driver
   * that emulates a GPU on the CPU counts as one only with 'gpu', or where it is faster than the CPU path.
   */
  backend?: Backend;
  /**
   * What the CPU backend computes with, the same bits either way. 'fast', the default: WebAssembly
   * SIMD over threads, and the reference where that is missing. 'reference': the readable TypeScript.
   */
  cpu?: CpuPath;
  /** Threads that the fast CPU path uses at most, the caller's included; default: one a processor, at most 8. */
  threads?: number;
}

export interface FillOptions extends Omit<FillRequest, 'initializer' | 'shape'>, Watch {}

export interface FillAllOptions extends SharedOptions, Watch {}

export interface EncodeOptions extends JobOptions {
  /** A GPUBuffer with STORAGE usage. */
  buffer: GPUBuffer;
  /** Where in `buffer` to begin, in bytes: a multiple of the element size. Default 0. */
  byteOffset?: number;
}

export interface PrepareRequest extends TensorRequest {
  /** A GPUBuffer with STORAGE usage. */
  buffer: GPUBuffer;
  /** Where in `buffer` to begin, in bytes: a multiple of the element size. Default 0. */
  byteOffset?: number;
}

interface Slots {
  /** How many seeds it can hold at once: fills of as many different seeds fit one submit. Default 1. */
  slots?: number;
}

export interface PrepareOptions extends EncodeOptions, Slots {}

export interface PrepareAllOptions extends SharedOptions, Slots {}

interface Chunking {
  /** Size of a chunk in bytes, the last may be shorter; rounded down to whole 16 bytes. Default 16 MiB. */
  chunkBytes?: number;
  signal?: AbortSignal;
  /** Called with the share of the work before the first chunk that is done: of an orthogonal, which is computed whole. */
  onProgress?: (share: number) => void;
}

export interface ChunkOptions extends JobOptions, Chunking {}

export interface ChunkAllOptions extends SharedOptions, Chunking {}

/** Bytes of one of several tensors. */
export interface Chunk {
  /** Which of the requests. */
  readonly index: number;
  /** The element of its tensor that the bytes begin with, counted row-major. */
  readonly start: number;
  /** Whole elements, little endian; valid until the next chunk is asked for. */
  readonly bytes: Uint8Array;
}

const WATCH_KEYS = ['signal', 'onProgress'];
const ENCODE_KEYS = [...JOB_KEYS, 'buffer', 'byteOffset'];
const CHUNK_KEYS = ['chunkBytes', ...WATCH_KEYS];
/** More is a mistake. */
const MOST_THREADS = 64;
const DEFAULT_CHUNK_BYTES = 16 * 2 ** 20;

/** Fills tensors from seeds, on a GPU or on the CPU. */
export class Sampler {
  private constructor(
    /** The device behind the GPU backend. */
    readonly device: GPUDevice | undefined,
    private readonly ownsDevice: boolean,
    /** What the CPU backend computes with. */
    private readonly computer: Computer | undefined,
  ) {}

  /**
   * @throws ArgumentError for options that contradict each other
   * @throws DeviceError where backend 'gpu' is asked for and there is none
   */
  static async create(options: SamplerOptions = {}): Promise<Sampler> {
    knownKeys('options', options, ['device', 'backend', 'cpu', 'threads']);
    const backend = options.backend === undefined ? 'auto' : oneOf('backend', options.backend, BACKENDS);
    const path = options.cpu === undefined ? 'fast' : oneOf('cpu', options.cpu, CPU_PATHS);
    const threads =
      options.threads === undefined ? undefined : integerIn('threads', options.threads, 1, MOST_THREADS);
    const { device } = options;
    if (device !== undefined) {
      const sampler = Sampler.on(device);
      if (backend === 'cpu')
        throw new ArgumentError("backend must be 'gpu' or 'auto' where a device is given, got cpu");
      return sampler;
    }
    const computer = await openComputer(path, threads);
    if (backend === 'cpu') return new Sampler(undefined, false, computer);
    try {
      const own = await openDevice((info) => backend === 'gpu' || isFasterThan(computer, info));
      Health.of(own);
      return new Sampler(own, true, undefined);
    } catch (error) {
      if (backend === 'gpu' || !(error instanceof DeviceError)) throw error;
      return new Sampler(undefined, false, computer);
    }
  }

  /**
   * A sampler on a device of the caller's, at once: what `create({ device })` resolves to.
   * @throws ArgumentError where `device` is none
   */
  static on(device: GPUDevice): Sampler {
    if (
      typeof device !== 'object' ||
      device === null ||
      typeof device.createBuffer !== 'function' ||
      typeof device.lost?.then !== 'function'
    ) {
      throw new ArgumentError(`device must be a GPUDevice, got ${show(device)}`);
    }
    Health.of(device);
    return new Sampler(device, false, undefined);
  }

  get backend(): 'gpu' | 'cpu' {
    return this.device === undefined ? 'cpu' : 'gpu';
  }

  /** What computes, in words. */
  get description(): string {
    return this.device === undefined ? this.computer!.description : describe(this.device.adapterInfo);
  }

  /**
   * Computes a tensor, or a range of one, into memory of its own or the caller's. On a GPU the
   * promise settles when the work is submitted, or with `onProgress` when it is done;
   * `tensor.data()` waits for it.
   * @throws ArgumentError (as a rejection) before anything is written, where an argument cannot be right
   * @throws DeviceError (as a rejection) where memory is exhausted or the device was lost
   */
  async fill(initializer: InitializerSpec, shape: Shape, options: FillOptions = {}): Promise<Tensor> {
    knownKeys('options', options, [...ENCODE_KEYS, ...WATCH_KEYS]);
    const [tensor] = await this.fillResolved([resolveRequest({ ...options, initializer, shape })], options);
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
    return this.fillResolved(resolveRequests(requests, options, FILL_KEYS), options);
  }

  private async fillResolved(
    requests: readonly Resolved[],
    { signal, onProgress }: Watch,
  ): Promise<Tensor[]> {
    checkSignal(signal);
    throwIfAborted(signal);
    const { device } = this;
    if (device !== undefined) {
      const placements = requests.map(({ label, job, buffer, byteOffset }) =>
        within(label, () => placeOnGpu(device, job, buffer, byteOffset)),
      );
      return fillOnGpu(device, placements, { signal, onProgress });
    }
    // All are checked before the first is allocated.
    const given = requests.map(({ label, job, buffer, byteOffset }) =>
      within(label, () => (buffer === undefined ? undefined : checkDestination(job, buffer, byteOffset))),
    );
    const placements = requests.map(({ label, job }, i) => ({
      job,
      destination: given[i] ?? within(label, () => allocate(job)),
    }));
    await fillMemory(this.computer!, placements, { signal, onProgress });
    return placements.map(
      ({ job, destination }) => new CpuTensor(job, destination.buffer, destination.byteOffset),
    );
  }

  /**
   * Encodes the same into the caller's command encoder or compute pass: nothing is submitted and
   * nothing awaited. The scratch memory of an orthogonal, somewhat more than a float32 matrix of its
   * size, is freed when the commands have run and are forgotten. For what is encoded again and again: `prepare`.
   * @throws ArgumentError before anything is encoded, where an argument cannot be right
   * @throws DeviceError likewise, where an orthogonal is too large for the device
   */
  encode(encoder: Encoder, initializer: InitializerSpec, shape: Shape, options: EncodeOptions): void {
    const device = this.deviceFor('encode');
    checkEncoder(encoder);
    Health.of(device).check();
    knownKeys('options', options, ENCODE_KEYS);
    const placed = placeInBuffer(device, resolveRequest({ ...options, initializer, shape }));
    if (placed.placement.steps.length > 0) new PreparedFill(device, [placed], 1).encode(encoder);
  }

  /**
   * Makes all that filling a tensor, or a range of one, in the caller's buffer needs: pipelines, bind
   * groups, parameters, and for an orthogonal its scratch memory. What it returns can be encoded
   * any number of times, with other seeds, too, and makes no GPU object then.
   * @throws ArgumentError (as a rejection) where an argument cannot be right
   * @throws DeviceError (as a rejection) where the device cannot, memory is exhausted or the device was lost
   */
  async prepare(initializer: InitializerSpec, shape: Shape, options: PrepareOptions): Promise<PreparedFill> {
    const device = this.deviceFor('prepare');
    knownKeys('options', options, [...ENCODE_KEYS, 'slots']);
    const request = resolveRequest({ ...options, initializer, shape });
    return PreparedFill.create(device, [placeInBuffer(device, request)], slotsOf(options));
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
    const device = this.deviceFor('prepareAll');
    knownKeys('options', options, [...SHARED_KEYS, 'slots']);
    const placed = resolveRequests(requests, options, FILL_KEYS).map((request) =>
      within(request.label, () => placeInBuffer(device, request)),
    );
    return PreparedFill.create(device, placed, slotsOf(options));
  }

  private deviceFor(method: string): GPUDevice {
    if (this.device === undefined) throw new ArgumentError(`${method} needs the GPU backend, got cpu`);
    return this.device;
  }

  /**
   * A tensor, or a range of one, on the host in bounded memory: its bytes (little endian) chunk
   * after chunk, in order. A chunk is valid until the next one is asked for.
   */
  async *chunks(
    initializer: InitializerSpec,
    shape: Shape,
    options: ChunkOptions = {},
  ): AsyncGenerator<Uint8Array> {
    knownKeys('options', options, [...JOB_KEYS, ...CHUNK_KEYS]);
    for await (const { bytes } of this.stream([resolveRequest({ ...options, initializer, shape })], options))
      yield bytes;
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
    yield* this.stream(resolveRequests(requests, options, TENSOR_KEYS), options);
  }

  private async *stream(
    requests: readonly Resolved[],
    { chunkBytes, signal, onProgress }: Chunking,
  ): AsyncGenerator<Chunk> {
    const bytes = chunkBytes === undefined ? DEFAULT_CHUNK_BYTES : checkCount('chunkBytes', chunkBytes);
    checkSignal(signal);
    if (bytes < 16) throw new ArgumentError(`chunkBytes must be at least 16, got ${bytes}`);
    const jobs = requests.map(({ job }) => job);
    if (jobs.every(({ range }) => range.count === 0)) return;
    const watch = { signal, onProgress };
    const whole = bytes - (bytes % 16);
    const pieces =
      this.device === undefined
        ? streamFromMemory(this.computer!, jobs, whole, watch)
        : streamFromGpu(this.device, jobs, whole, watch);
    for await (const { piece, bytes } of pieces) yield { index: piece.index, start: piece.start, bytes };
  }

  /**
   * Refuses what `fill` would refuse, at once and without computing anything.
   * @returns what would be computed
   */
  check(initializer: InitializerSpec, shape: Shape, options: JobOptions = {}): Job {
    return resolveJob(initializer, shape, knownKeys('options', options, JOB_KEYS));
  }

  /** Destroys the device, unless it is the caller's, and ends the threads, unless other samplers use them. */
  destroy(): void {
    this.computer?.destroy();
    if (this.ownsDevice) this.device?.destroy();
  }
}

function slotsOf({ slots }: Slots): number {
  if (slots === undefined) return 1;
  if (checkCount('slots', slots) === 0) throw new ArgumentError('slots must be at least 1, got 0');
  return slots;
}
