import { checkSignal, throwIfAborted } from './abort';
import { count as checkCount, knownKeys, oneOf } from './check';
import { allocate, checkDestination, fillMemory, streamMemory } from './cpu/backend';
import { bytesPerElement } from './dtype';
import { ArgumentError, DeviceError, show } from './errors';
import { fillBuffer, streamBuffer } from './gpu/backend';
import { checkGpuBuffer } from './gpu/buffer';
import { describe, openDevice } from './gpu/device';
import { planOn } from './gpu/dispatches';
import { type Encoder, encodeSteps } from './gpu/encode';
import { Health } from './gpu/health';
import { encodeMatrix, isOrthogonal, matrixMemory } from './gpu/orthogonal';
import { type InitializerLike, type Job, type JobOptions, JOB_KEYS, resolveJob } from './job';
import type { Shape } from './shape';
import { CpuTensor, GpuTensor, type Tensor } from './tensor';

export const BACKENDS = ['auto', 'gpu', 'cpu'] as const;
export type Backend = (typeof BACKENDS)[number];

export interface SamplerOptions {
  /** A device of the caller's: never destroyed, its error handling left alone. Default: one of our own. */
  device?: GPUDevice;
  /** auto, the default, takes a GPU where there is one, else the CPU: the same bits either way. */
  backend?: Backend;
}

export interface FillOptions extends JobOptions {
  /**
   * Where to write: a GPUBuffer with STORAGE usage (COPY_SRC too, to read it back), or on the CPU
   * an ArrayBuffer or a view. Default: memory of our own.
   */
  buffer?: GPUBuffer | ArrayBuffer | ArrayBufferView;
  /** Where in `buffer` to begin, in bytes: a multiple of the element size. Default 0. */
  byteOffset?: number;
  signal?: AbortSignal;
  /** Called now and then with the share of the work that is done, in [0, 1]. */
  onProgress?: (share: number) => void;
}

export interface EncodeOptions extends JobOptions {
  /** A GPUBuffer with STORAGE usage. */
  buffer: GPUBuffer;
  /** Where in `buffer` to begin, in bytes: a multiple of the element size. Default 0. */
  byteOffset?: number;
}

export interface ChunkOptions extends JobOptions {
  /** Size of a chunk in bytes, the last may be shorter; rounded down to whole 16 bytes. Default 16 MiB. */
  chunkBytes?: number;
  signal?: AbortSignal;
  /** Called with the share of the work before the first chunk that is done: of an orthogonal, which is computed whole. */
  onProgress?: (share: number) => void;
}

const FILL_KEYS = [...JOB_KEYS, 'buffer', 'byteOffset', 'signal', 'onProgress'];
const ENCODE_KEYS = [...JOB_KEYS, 'buffer', 'byteOffset'];
const CHUNK_KEYS = [...JOB_KEYS, 'chunkBytes', 'signal', 'onProgress'];
const DEFAULT_CHUNK_BYTES = 16 * 2 ** 20;

/** Fills tensors from seeds, on a GPU or on the CPU. */
export class Sampler {
  private constructor(
    /** The device behind the GPU backend. */
    readonly device: GPUDevice | undefined,
    private readonly ownsDevice: boolean,
  ) {}

  /**
   * @throws ArgumentError for options that contradict each other
   * @throws DeviceError where backend 'gpu' is asked for and there is none
   */
  static async create(options: SamplerOptions = {}): Promise<Sampler> {
    knownKeys('options', options, ['device', 'backend']);
    const backend = options.backend === undefined ? 'auto' : oneOf('backend', options.backend, BACKENDS);
    const { device } = options;
    if (device !== undefined) {
      const sampler = Sampler.on(device);
      if (backend === 'cpu') throw new ArgumentError("backend must be 'gpu' or 'auto' where a device is given, got cpu");
      return sampler;
    }
    if (backend === 'cpu') return new Sampler(undefined, false);
    try {
      const own = await openDevice();
      Health.of(own);
      return new Sampler(own, true);
    } catch (error) {
      if (backend === 'gpu' || !(error instanceof DeviceError)) throw error;
      return new Sampler(undefined, false);
    }
  }

  /**
   * A sampler on a device of the caller's, at once: what `create({ device })` resolves to.
   * @throws ArgumentError where `device` is none
   */
  static on(device: GPUDevice): Sampler {
    if (typeof device !== 'object' || device === null || typeof device.createBuffer !== 'function' || typeof device.lost?.then !== 'function') {
      throw new ArgumentError(`device must be a GPUDevice, got ${show(device)}`);
    }
    Health.of(device);
    return new Sampler(device, false);
  }

  get backend(): 'gpu' | 'cpu' {
    return this.device === undefined ? 'cpu' : 'gpu';
  }

  /** What computes, in words. */
  get description(): string {
    return this.device === undefined ? 'CPU reference' : describe(this.device.adapterInfo);
  }

  /**
   * Computes a tensor, or a range of one, into memory of its own or the caller's. On a GPU the
   * promise settles when the work is submitted; `tensor.data()` waits for it.
   * @throws ArgumentError (as a rejection) before anything is written, where an argument cannot be right
   * @throws DeviceError (as a rejection) where memory is exhausted or the device was lost
   */
  async fill(initializer: InitializerLike, shape: Shape, options: FillOptions = {}): Promise<Tensor> {
    const job = resolveJob(initializer, shape, knownKeys('options', options, FILL_KEYS));
    const byteOffset = options.byteOffset === undefined ? 0 : checkCount('byteOffset', options.byteOffset);
    checkSignal(options.signal);
    throwIfAborted(options.signal);
    if (byteOffset !== 0 && options.buffer === undefined) {
      throw new ArgumentError(`byteOffset needs a buffer that it counts in, got ${byteOffset} alone`);
    }
    if (this.device === undefined) {
      const place = options.buffer === undefined ? allocate(job) : checkDestination(job, options.buffer, byteOffset);
      await fillMemory(job, place, options);
      return new CpuTensor(job, place.buffer, place.byteOffset);
    }
    if (options.buffer === undefined) {
      const own = await fillBuffer(this.device, job, undefined, 0, options);
      return new GpuTensor(job, own, 0, this.device, true);
    }
    const buffer = checkGpuBuffer(options.buffer);
    await fillBuffer(this.device, job, buffer, byteOffset, options);
    return new GpuTensor(job, buffer, byteOffset, this.device, false);
  }

  /**
   * Encodes the same into the caller's command encoder or compute pass: nothing is submitted and
   * nothing awaited. The scratch memory of an orthogonal, somewhat more than a float32 matrix of its
   * size, is freed when the commands have run and are forgotten.
   * @throws ArgumentError before anything is encoded, where an argument cannot be right
   * @throws DeviceError likewise, where an orthogonal is too large for the device
   */
  encode(encoder: Encoder, initializer: InitializerLike, shape: Shape, options: EncodeOptions): void {
    if (this.device === undefined) throw new ArgumentError('encode needs the GPU backend, got cpu');
    if (typeof encoder !== 'object' || encoder === null || !('beginComputePass' in encoder || 'dispatchWorkgroups' in encoder)) {
      throw new ArgumentError(`encoder must be a GPUCommandEncoder or a GPUComputePassEncoder, got ${show(encoder)}`);
    }
    Health.of(this.device).check();
    const job = resolveJob(initializer, shape, knownKeys('options', options, ENCODE_KEYS));
    const buffer = checkGpuBuffer(options.buffer);
    const byteOffset = options.byteOffset === undefined ? 0 : checkCount('byteOffset', options.byteOffset);
    const steps = planOn(this.device, job, byteOffset, buffer.size);
    if (steps.length === 0) return;
    if (!isOrthogonal(job)) {
      encodeSteps(this.device, encoder, job, buffer, steps);
      return;
    }
    const memory = matrixMemory(this.device, job);
    const pass = 'dispatchWorkgroups' in encoder ? encoder : encoder.beginComputePass({ label: 'tensorseed' });
    encodeSteps(this.device, pass, job, buffer, steps, encodeMatrix(this.device, pass, job, memory));
    if (pass !== encoder) pass.end();
  }

  /**
   * A tensor, or a range of one, on the host in bounded memory: its bytes (little endian) chunk
   * after chunk, in order. A chunk is valid until the next one is asked for.
   */
  async *chunks(initializer: InitializerLike, shape: Shape, options: ChunkOptions = {}): AsyncGenerator<Uint8Array> {
    const job = resolveJob(initializer, shape, knownKeys('options', options, CHUNK_KEYS));
    const bytes = options.chunkBytes === undefined ? DEFAULT_CHUNK_BYTES : checkCount('chunkBytes', options.chunkBytes);
    checkSignal(options.signal);
    if (bytes < 16) throw new ArgumentError(`chunkBytes must be at least 16, got ${bytes}`);
    const elements = (bytes - (bytes % 16)) / bytesPerElement(job.dtype);
    if (job.range.count === 0) return;
    yield* this.device === undefined
      ? streamMemory(job, elements, options)
      : streamBuffer(this.device, job, elements, options);
  }

  /**
   * Refuses what `fill` would refuse, at once and without computing anything.
   * @returns what would be computed
   */
  check(initializer: InitializerLike, shape: Shape, options: JobOptions = {}): Job {
    return resolveJob(initializer, shape, knownKeys('options', options, JOB_KEYS));
  }

  /** Destroys the device, unless it is the caller's. */
  destroy(): void {
    if (this.ownsDevice) this.device?.destroy();
  }
}

