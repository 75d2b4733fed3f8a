import { count as checkCount, integerIn, knownKeys, oneOf } from '../core/check';
import { ArgumentError } from '../core/errors';
import type { Watch } from '../core/watch';
import { BACKENDS, type BackendChoice } from '../backends/choose';
import { CPU_PATHS, type CpuPath } from '../backends/cpu/open';
import {
  type FillRequest,
  JOB_KEYS,
  type JobOptions,
  SHARED_KEYS,
  type SharedOptions,
  type TensorRequest,
} from '../jobs/request';

export interface SamplerOptions {
  /** A device of the caller's: never destroyed, its error handling left alone. Default: one of our own. */
  device?: GPUDevice;
  /**
   * auto, the default, takes a GPU where there is one, else the CPU: the same bits either way. A driver
   * that emulates a GPU on the CPU counts as one only with 'gpu', or where it is faster than the CPU path.
   */
  backend?: BackendChoice;
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

/** Memory of the caller's on a GPU. */
interface GpuPlace {
  /** A GPUBuffer with STORAGE usage. */
  buffer: GPUBuffer;
  /** Where in `buffer` to begin, in bytes: a multiple of the element size. Default 0. */
  byteOffset?: number;
}

export interface EncodeOptions extends JobOptions, GpuPlace {}

export interface PrepareRequest extends TensorRequest, GpuPlace {}

interface Slots {
  /** How many seeds it can hold at once: fills of as many different seeds fit one submit. Default 1. */
  slots?: number;
}

export interface PrepareOptions extends EncodeOptions, Slots {}

export interface PrepareAllOptions extends SharedOptions, Slots {}

/** How a tensor comes to the host in parts. */
export interface Chunking {
  /** Size of a chunk in bytes, the last may be shorter; rounded down to whole 16 bytes. Default 16 MiB. */
  chunkBytes?: number;
  signal?: AbortSignal;
  /** Called with the share of the work before the first chunk that is done: of an orthogonal, which is computed whole. */
  onProgress?: (share: number) => void;
}

export interface ChunkOptions extends JobOptions, Chunking {}

export interface ChunkAllOptions extends SharedOptions, Chunking {}

export const WATCH_KEYS = ['signal', 'onProgress'] as const;
export const ENCODE_KEYS = [...JOB_KEYS, 'buffer', 'byteOffset'] as const;
export const FILL_OPTION_KEYS = [...ENCODE_KEYS, ...WATCH_KEYS] as const;
export const PREPARE_KEYS = [...ENCODE_KEYS, 'slots'] as const;
export const PREPARE_ALL_KEYS = [...SHARED_KEYS, 'slots'] as const;
export const CHUNK_KEYS = ['chunkBytes', ...WATCH_KEYS] as const;

/** More is a mistake. */
const MOST_THREADS = 64;
const DEFAULT_CHUNK_BYTES = 16 * 2 ** 20;

/** @throws ArgumentError for the first option that cannot be right */
export function checkSamplerOptions(options: SamplerOptions): {
  device: GPUDevice | undefined;
  backend: BackendChoice;
  path: CpuPath;
  threads: number | undefined;
} {
  knownKeys('options', options, ['device', 'backend', 'cpu', 'threads']);
  const { device, threads } = options;
  const backend = options.backend === undefined ? 'auto' : oneOf('backend', options.backend, BACKENDS);
  const path = options.cpu === undefined ? 'fast' : oneOf('cpu', options.cpu, CPU_PATHS);
  return {
    device,
    backend,
    path,
    threads: threads === undefined ? undefined : integerIn('threads', threads, 1, MOST_THREADS),
  };
}

/** @throws ArgumentError where there would be no slot */
export function slotsOf({ slots }: Slots): number {
  if (slots === undefined) return 1;
  if (checkCount('slots', slots) === 0) throw new ArgumentError('slots must be at least 1, got 0');
  return slots;
}

/** @throws ArgumentError where a chunk would hold nothing */
export function chunkBytesOf({ chunkBytes }: Chunking): number {
  const bytes = chunkBytes === undefined ? DEFAULT_CHUNK_BYTES : checkCount('chunkBytes', chunkBytes);
  if (bytes < 16) throw new ArgumentError(`chunkBytes must be at least 16, got ${bytes}`);
  return bytes - (bytes % 16);
}
