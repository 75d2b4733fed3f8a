import { throwIfAborted } from '../abort';
import { bytesPerElement, isHalf } from '../dtype';
import { ArgumentError, DeviceError, show } from '../errors';
import type { Job } from '../job';
import { largestBatch, pack, type Piece } from '../pack';
import type { Watch } from '../watch';
import { fillCpu, type Patterns } from './fill';
import { fillOrthogonal, orthogonalMatrix } from './orthogonal';

/** Computed between two looks at the abort signal, some tens of milliseconds of work. */
const ELEMENTS_PER_TURN = 2 ** 18;

/** Milliseconds of linear algebra between two looks at it. */
const TURN_MS = 30;

/** Memory of the caller's as the destination of a job. */
export interface Destination {
  readonly buffer: ArrayBuffer;
  readonly byteOffset: number;
}

/**
 * The destination that `buffer` and `byteOffset` stand for.
 * @throws ArgumentError where it is no ArrayBuffer or view, is misaligned, or too small for the job
 */
export function checkDestination(job: Job, buffer: unknown, byteOffset: number): Destination {
  const view = ArrayBuffer.isView(buffer) ? buffer : undefined;
  const memory = view === undefined ? buffer : view.buffer;
  if (!(memory instanceof ArrayBuffer)) {
    throw new ArgumentError(`buffer must be an ArrayBuffer or a view of one for the CPU backend, got ${show(buffer)}`);
  }
  const start = (view === undefined ? 0 : view.byteOffset) + byteOffset;
  const size = bytesPerElement(job.dtype);
  if (start % size !== 0) {
    throw new ArgumentError(`byteOffset must be a multiple of ${size}, the size of ${job.dtype}, got ${start}`);
  }
  const available = view === undefined ? memory.byteLength : view.byteLength;
  const needed = byteOffset + job.range.count * size;
  if (needed > available) {
    throw new ArgumentError(
      `buffer must have at least ${needed} bytes for ${job.range.count} ${job.dtype} elements at byteOffset ${byteOffset}, got ${available}`,
    );
  }
  return { buffer: memory, byteOffset: start };
}

/** @throws DeviceError where there is not that much memory */
export function allocate(job: Job): Destination {
  const bytes = job.range.count * bytesPerElement(job.dtype);
  try {
    return { buffer: new ArrayBuffer(bytes), byteOffset: 0 };
  } catch {
    throw new DeviceError(`the tensor needs ${bytes} bytes of memory, more than one ArrayBuffer can have here; fill ranges of it`);
  }
}

/** Computes jobs into their destinations, giving way to other work now and then. */
export async function fillMemory(placements: readonly { readonly job: Job; readonly destination: Destination }[], watch: Watch): Promise<void> {
  const { signal, onProgress } = watch;
  const total = placements.reduce((sum, { job }) => sum + job.range.count, 0);
  let done = 0;
  for (const { job, destination } of placements) {
    const start = done;
    done += job.range.count;
    const share = (part: number): void => onProgress?.((start + part * job.range.count) / total);
    const own = { signal, onProgress: share };
    await fillFrom(await sourceOf(job, own), job, destination, own);
  }
}

/** Computes elements from `start` on. */
type Source = (start: number, out: Patterns) => void;

/** What a job's elements come from; a matrix that they need whole is computed here. */
async function sourceOf({ params, key, dtype, range }: Job, { signal, onProgress }: Watch): Promise<Source> {
  if (params.kernel !== 'orthogonal') return (start, out) => fillCpu(params, key, dtype, start, out);
  if (dtype === 'uint32' || range.count === 0) return () => undefined;
  let turn = performance.now();
  const matrix = await orthogonalMatrix(params, key, async (share) => {
    if (performance.now() - turn < TURN_MS) return;
    throwIfAborted(signal);
    onProgress?.(share);
    await nextTurn();
    turn = performance.now();
  });
  return (start, out) => fillOrthogonal(params, matrix, dtype, start, out);
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

async function fillFrom(source: Source, job: Job, { buffer, byteOffset }: Destination, { signal, onProgress }: Watch): Promise<void> {
  const { start, count } = job.range;
  const out = patterns(job, buffer, byteOffset, count);
  for (let done = 0; done < count; done += ELEMENTS_PER_TURN) {
    throwIfAborted(signal);
    const part = out.subarray(done, Math.min(done + ELEMENTS_PER_TURN, count));
    source(start + done, part);
    if (job.params.kernel !== 'orthogonal') onProgress?.((done + part.length) / count);
    if (done + part.length < count) await nextTurn();
  }
}

/** The elements of jobs, piece after piece; a piece's bytes are valid until the next is asked for. */
export async function* streamFromMemory(
  jobs: readonly Job[], batchBytes: number, watch: Watch,
): AsyncGenerator<{ piece: Piece; bytes: Uint8Array }> {
  const buffer = new ArrayBuffer(largestBatch(jobs, batchBytes));
  let current: { index: number; source: Source } | undefined;
  for (const batch of pack(jobs, batchBytes)) {
    for (const piece of batch) {
      const { job, index, count, byteOffset } = piece;
      if (current?.index !== index) current = { index, source: await sourceOf(job, watch) };
      await fillFrom(current.source, { ...job, range: piece }, { buffer, byteOffset }, { signal: watch.signal });
      yield { piece, bytes: new Uint8Array(buffer, byteOffset, count * bytesPerElement(job.dtype)) };
    }
  }
}

function patterns(job: Job, buffer: ArrayBuffer, byteOffset: number, count: number): Patterns {
  return isHalf(job.dtype) ? new Uint16Array(buffer, byteOffset, count) : new Uint32Array(buffer, byteOffset, count);
}
