import { count as checkCount, integerIn, knownKeys, oneOf } from '../core/check';
import { ArgumentError, reading, show } from '../core/errors';
import type { Watch } from '../core/watch';
import type { KeysPlace } from '../backends/keys_place';
import { BACKENDS, type BackendChoice } from '../backends/choose';
import { CPU_PATHS, type CpuOptions, type CpuPath } from '../backends/cpu/options';
import {
  type FillRequest,
  JOB_KEYS,
  type JobOptions,
  SHARED_KEYS,
  type SharedOptions,
  type TensorRequest,
} from '../jobs/request';

/**
 * The options of `Sampler.create`.
 *
 * @example
 * ```ts
 * import { Sampler, type SamplerOptions } from 'tensorseed';
 *
 * const options: SamplerOptions = { backend: 'cpu', threads: 2 };
 * const sampler = await Sampler.create(options);
 * console.log(sampler.backend); // cpu
 * sampler.destroy();
 * ```
 */
export interface SamplerOptions {
  /**
   * A GPUDevice of the caller's. The sampler never destroys it and leaves its error handling alone.
   * Default: a device of the sampler's own.
   */
  device?: GPUDevice;
  /**
   * What computes. 'auto', the default, takes a GPU where there is one, else the CPU. A driver that emulates
   * a GPU on the CPU counts as a GPU only with 'gpu', or where it is faster than the CPU path. The bits are
   * the same on all backends.
   */
  backend?: BackendChoice;
  /**
   * What the CPU backend computes with. 'fast', the default, is WebAssembly SIMD over threads, or the
   * reference where that is missing. 'reference' is readable TypeScript. The bits are the same.
   */
  cpu?: CpuPath;
  /**
   * The largest number of threads that the fast CPU path uses, the caller's included, in [1, 64]. Default:
   * the number of processors, but at most 8.
   */
  threads?: number;
  /**
   * Where a page serves the script of a thread, which the package exports as `tensorseed/assets/worker.js`. Default:
   * workers start from a blob, which a content security policy has to allow. Node does not need it.
   */
  workerUrl?: string | URL;
  /**
   * Where a page serves the WebAssembly module of the fast CPU path, which the package exports as
   * `tensorseed/assets/kernels.wasm`. Default: a copy in the bundle.
   */
  wasmUrl?: string | URL;
}

/**
 * The options of `Sampler.fill`.
 *
 * @example
 * ```ts
 * import { type FillOptions, Sampler } from 'tensorseed';
 *
 * const options: FillOptions = { seed: 42, name: 'w', signal: AbortSignal.timeout(60_000) };
 * const sampler = await Sampler.create();
 * const tensor = await sampler.fill('random_normal', [1000], options);
 * console.log(tensor.byteLength); // 4000
 * sampler.destroy();
 * ```
 */
export interface FillOptions extends Omit<FillRequest, 'initializer' | 'shape'>, Watch {}

/**
 * The options of `Sampler.fillAll`.
 *
 * @example
 * ```ts
 * import { type FillAllOptions, Sampler } from 'tensorseed';
 *
 * const shares: number[] = [];
 * const options: FillAllOptions = { seed: 42, onProgress: (share) => shares.push(share) };
 * const sampler = await Sampler.create();
 * await sampler.fillAll([{ name: 'w', initializer: 'he_normal', shape: [100, 100] }], options);
 * console.log(shares.at(-1)); // 1
 * sampler.destroy();
 * ```
 */
export interface FillAllOptions extends SharedOptions, Watch {}

/** Memory of the caller's on a GPU. */
interface GpuPlace {
  /** The buffer to write to, with STORAGE usage. */
  buffer: GPUBuffer;
  /** The byte of `buffer` at which the tensor begins, a multiple of the element size. Default 0. */
  byteOffset?: number;
}

/**
 * The options of `Sampler.encode`.
 *
 * @example
 * ```ts gpu
 * import { type EncodeOptions, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create({ backend: 'gpu' });
 * const device = sampler.device!;
 * const buffer = device.createBuffer({ size: 4096, usage: GPUBufferUsage.STORAGE });
 * const options: EncodeOptions = { seed: 42, buffer, byteOffset: 1024 };
 * const encoder = device.createCommandEncoder();
 * sampler.encode(encoder, 'he_normal', [256], options);
 * device.queue.submit([encoder.finish()]);
 * sampler.destroy();
 * ```
 */
export interface EncodeOptions extends JobOptions, GpuPlace {}

/**
 * One tensor of several for `Sampler.prepareAll`, and the buffer that it is written to.
 *
 * @example
 * ```ts gpu
 * import { type PrepareRequest, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create({ backend: 'gpu' });
 * const buffer = sampler.device!.createBuffer({ size: 4096, usage: GPUBufferUsage.STORAGE });
 * const requests: PrepareRequest[] = [
 *   { name: 'a', initializer: 'he_normal', shape: [512], buffer },
 *   { name: 'b', initializer: 'he_normal', shape: [512], buffer, byteOffset: 2048 },
 * ];
 * const prepared = await sampler.prepareAll(requests, { seed: 42 });
 * prepared.destroy();
 * sampler.destroy();
 * ```
 */
export interface PrepareRequest extends TensorRequest, GpuPlace {}

/** How many seeds a prepared fill holds. */
interface SlotOptions {
  /**
   * The number of seeds that it can hold at once, >= 1. Fills of so many seeds fit in one submit. Default 1.
   */
  slots?: number;
}

/** Where the key of a prepared fill is. */
interface KeysOptions {
  /** Where the key and the step are on the GPU, which take the place of a seed. Default: the seed has the key. */
  keys?: KeysPlace;
}

/**
 * The options of `Sampler.prepare`.
 *
 * @example
 * ```ts gpu
 * import { type PrepareOptions, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create({ backend: 'gpu' });
 * const buffer = sampler.device!.createBuffer({ size: 4096, usage: GPUBufferUsage.STORAGE });
 * const options: PrepareOptions = { seed: 42, buffer, slots: 2 };
 * const prepared = await sampler.prepare('random_uniform', [1024], options);
 * console.log(prepared.slots); // 2
 * prepared.destroy();
 * sampler.destroy();
 * ```
 */
export interface PrepareOptions extends EncodeOptions, SlotOptions, KeysOptions {}

/**
 * The options of `Sampler.prepareAll`.
 *
 * @example
 * ```ts gpu
 * import { type PrepareAllOptions, Sampler } from 'tensorseed';
 *
 * const sampler = await Sampler.create({ backend: 'gpu' });
 * const buffer = sampler.device!.createBuffer({ size: 4096, usage: GPUBufferUsage.STORAGE });
 * const options: PrepareAllOptions = { seed: 42, dtype: 'bfloat16', slots: 2 };
 * const request = { name: 'w', initializer: 'random_uniform', shape: [1024], buffer };
 * const prepared = await sampler.prepareAll([request], options);
 * prepared.destroy();
 * sampler.destroy();
 * ```
 */
export interface PrepareAllOptions extends SharedOptions, SlotOptions, KeysOptions {}

/** How tensors are brought to the host in parts. */
export interface Chunking {
  /**
   * The size of a chunk in bytes, >= 16. It is rounded down to a multiple of 16, and the last chunk may be
   * shorter. Default 16 MiB. There is memory for two chunks: the next one is computed while one is used.
   */
  chunkBytes?: number;
  /** Stops the computation when it is aborted: the generator throws the signal's reason. */
  signal?: AbortSignal;
  /**
   * A function that is called with the share, in [0, 1], of the work before the first chunk that is done.
   * There is such work for orthogonal matrices, which are computed whole. Where it throws, the generator throws
   * the same.
   */
  onProgress?: (share: number) => void;
}

/**
 * The options of `Sampler.chunks`.
 *
 * @example
 * ```ts
 * import { type ChunkOptions, Sampler } from 'tensorseed';
 *
 * const options: ChunkOptions = { seed: 42, chunkBytes: 1024 };
 * const sampler = await Sampler.create();
 * const sizes: number[] = [];
 * for await (const bytes of sampler.chunks('he_normal', [600], options)) sizes.push(bytes.byteLength);
 * console.log(sizes); // [ 1024, 1024, 352 ]
 * sampler.destroy();
 * ```
 */
export interface ChunkOptions extends JobOptions, Chunking {}

/**
 * The options of `Sampler.chunksOfAll`.
 *
 * @example
 * ```ts
 * import { type ChunkAllOptions, Sampler } from 'tensorseed';
 *
 * const options: ChunkAllOptions = { seed: 42, dtype: 'float16', chunkBytes: 65536 };
 * const requests = [{ name: 'w', initializer: 'he_normal', shape: [100, 100] }];
 * const sampler = await Sampler.create();
 * let total = 0;
 * for await (const { bytes } of sampler.chunksOfAll(requests, options)) total += bytes.byteLength;
 * console.log(total); // 20000
 * sampler.destroy();
 * ```
 */
export interface ChunkAllOptions extends SharedOptions, Chunking {}

// The keys of the options above, by which misspelt ones are refused.
export const WATCH_KEYS = ['signal', 'onProgress'] as const;
export const ENCODE_KEYS = [...JOB_KEYS, 'buffer', 'byteOffset'] as const;
export const FILL_OPTION_KEYS = [...ENCODE_KEYS, ...WATCH_KEYS] as const;
export const PREPARE_KEYS = [...ENCODE_KEYS, 'slots', 'keys'] as const;
export const PREPARE_ALL_KEYS = [...SHARED_KEYS, 'slots', 'keys'] as const;
export const CHUNK_KEYS = ['chunkBytes', ...WATCH_KEYS] as const;

/** A larger number of threads is taken for a mistake. */
const MOST_THREADS = 64;
const DEFAULT_CHUNK_BYTES = 16 * 2 ** 20;

/**
 * Checks the options of a sampler and completes them.
 * @throws ArgumentError for the first option that cannot be right
 */
export function checkSamplerOptions(options: SamplerOptions): {
  device: GPUDevice | undefined;
  backend: BackendChoice;
  cpu: CpuOptions;
} {
  const known = ['device', 'backend', 'cpu', 'threads', 'workerUrl', 'wasmUrl'];
  const {
    device,
    threads,
    workerUrl,
    wasmUrl,
    backend = 'auto',
    cpu = 'fast',
  }: SamplerOptions = knownKeys('options', options, known);
  if (device === undefined) refuseUndefinedDevice(options);
  return {
    device,
    backend: oneOf('backend', backend, BACKENDS),
    cpu: {
      path: oneOf('cpu', cpu, CPU_PATHS),
      threads: threads === undefined ? undefined : integerIn('threads', threads, 1, MOST_THREADS),
      workerUrl: urlOf('workerUrl', workerUrl),
      wasmUrl: urlOf('wasmUrl', wasmUrl),
    },
  };
}

/** @throws ArgumentError unless the value is undefined, a URL or a string that is not empty */
function urlOf(name: string, value: string | URL | undefined): string | undefined {
  if (value === undefined) return undefined;
  const url =
    typeof value === 'string' ? value : reading(name, () => (value instanceof URL ? value.href : ''));
  if (typeof url !== 'string' || url === '')
    throw new ArgumentError(`${name} must be a URL or its text, got ${show(value)}`);
  return url;
}

/**
 * Refuses a `device` that is there but undefined, as a request that failed leaves it. To open another device
 * would hide that.
 * @param options whose device was read, and is undefined
 * @throws ArgumentError where they have the key
 */
export function refuseUndefinedDevice(options: object): void {
  if (reading('options', () => 'device' in options)) checkDevice(undefined);
}

/**
 * Says what else was given in place of a device. Whether it is a GPUDevice the backend checks.
 * @throws ArgumentError where it is missing, a promise, or an adapter
 */
export function checkDevice(device: GPUDevice | undefined): GPUDevice {
  const must = 'device must be a GPUDevice, got';
  if (device === undefined)
    throw new ArgumentError(`${must} undefined: await adapter.requestDevice(), or leave device out`);
  const has = (method: string): boolean =>
    reading('device', () => typeof Object(device)[method] === 'function');
  if (has('then')) throw new ArgumentError(`${must} a Promise: await it`);
  if (has('requestDevice')) throw new ArgumentError(`${must} ${show(device)}: await its requestDevice()`);
  return device;
}

/** @throws ArgumentError unless `slots` is an integer >= 1 */
export function slotsOf({ slots }: SlotOptions): number {
  if (slots === undefined) return 1;
  if (checkCount('slots', slots) === 0) throw new ArgumentError('slots must be at least 1, got 0');
  return slots;
}

/**
 * The seed that stands for a key on the GPU, until there is one, or the seed that was given.
 * @throws ArgumentError where there are both
 */
export function seedBeside<T>(keys: KeysPlace | undefined, seed: T | undefined): T | 0 | undefined {
  if (keys === undefined) return seed;
  if (seed === undefined) return 0;
  throw new ArgumentError(`seed must be left out where keys has the key, got ${show(seed)}`);
}

/** @throws ArgumentError unless `chunkBytes` is an integer >= 16 */
export function chunkBytesOf({ chunkBytes }: Chunking): number {
  const bytes = chunkBytes === undefined ? DEFAULT_CHUNK_BYTES : checkCount('chunkBytes', chunkBytes);
  if (bytes < 16) throw new ArgumentError(`chunkBytes must be at least 16, got ${bytes}`);
  return bytes - (bytes % 16);
}
