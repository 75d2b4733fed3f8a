import { count as checkCount, knownKeys } from '../core/check';
import type { MathMode } from '../distributions/draw';
import type { Dtype } from '../core/dtype';
import { ArgumentError, show, within } from '../core/errors';
import { type InitializerSpec, type Job, JOB_KEYS, type JobOptions, resolveJob } from './job';
import type { Seed } from '../streams/key';
import { elementCount, type Shape } from '../core/shape';

/** One tensor of several. What it does not say itself, the options for all of them say. */
export interface TensorRequest extends JobOptions {
  initializer: InitializerSpec;
  shape: Shape;
}

/** One tensor of several, and where it goes. */
export interface FillRequest extends TensorRequest {
  /**
   * Where to write: a GPUBuffer with STORAGE usage (COPY_SRC too, to read it back), or on the CPU
   * an ArrayBuffer or a view. Default: memory of its own.
   */
  buffer?: GPUBuffer | ArrayBuffer | ArrayBufferView;
  /** Where in `buffer` to begin, in bytes: a multiple of the element size. Default 0. */
  byteOffset?: number;
}

/** What holds for every request that does not say otherwise. */
export interface SharedOptions {
  /**
   * One seed for all: each request that draws must then have a name, by which it has a stream of
   * its own. It comes before the initializers' own seeds.
   */
  seed?: Seed;
  dtype?: Dtype;
  math?: MathMode;
}

/** A request, checked, but for its place. */
export interface Resolved {
  /** What messages call it. */
  readonly label: string;
  readonly name: string | undefined;
  readonly job: Job;
  readonly buffer: unknown;
  readonly byteOffset: number;
}

export const SHARED_KEYS = ['seed', 'dtype', 'math'] as const;
export const TENSOR_KEYS = [...JOB_KEYS, 'initializer', 'shape'] as const;
export const FILL_KEYS = [...TENSOR_KEYS, 'buffer', 'byteOffset'] as const;

/** @throws ArgumentError for the first argument that cannot be right */
export function resolveRequest(request: FillRequest, label = ''): Resolved {
  const byteOffset = request.byteOffset === undefined ? 0 : checkCount('byteOffset', request.byteOffset);
  if (byteOffset !== 0 && request.buffer === undefined) {
    throw new ArgumentError(`byteOffset needs a buffer that it counts in, got ${byteOffset} alone`);
  }
  const { initializer, shape, name, buffer } = request;
  return { label, name, job: resolveJob(initializer, shape, request), buffer, byteOffset };
}

/**
 * Resolves all before anything is computed.
 * @param known the keys that a request may have
 * @throws ArgumentError that names the request, for the first argument that cannot be right
 */
export function resolveRequests(
  requests: readonly FillRequest[],
  shared: SharedOptions,
  known: readonly string[],
): Resolved[] {
  if (!Array.isArray(requests)) throw new ArgumentError(`requests must be an array, got ${show(requests)}`);
  const resolved = requests.map((request, index) => {
    const name: unknown = (request as Partial<FillRequest> | null)?.name;
    const label = name === undefined ? `requests[${index}]` : `requests[${index}] ${show(name)}`;
    knownKeys(label, request, known);
    const { seed = shared.seed, dtype = shared.dtype, math = shared.math } = request;
    return within(label, () => resolveRequest({ ...request, seed, dtype, math }, label));
  });
  if (shared.seed !== undefined)
    checkOwnStreams(resolved.filter((_, index) => requests[index].seed === undefined));
  return resolved;
}

/**
 * Tensors with one seed must not share a stream unawares.
 * @throws ArgumentError where one that draws has no name or that of another
 */
export function checkOwnStreams(requests: readonly Resolved[]): void {
  const whole = new Set<string>();
  for (const { label, name, job } of requests) {
    const { kernel } = job.params;
    if (kernel === 'constant' || kernel === 'eye') continue;
    if (name === undefined)
      throw new ArgumentError(
        `${label}: name is missing: with one seed for all, it makes the stream its own`,
      );
    // Ranges of one tensor are parts of one stream.
    if (job.range.count < elementCount(job.shape)) continue;
    if (whole.has(name))
      throw new ArgumentError(
        `${label}: name must be its own with one seed for all, got that of another request`,
      );
    whole.add(name);
  }
}
