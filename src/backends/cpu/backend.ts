import { throwIfAborted } from '../../core/abort';
import { bytesPerElement, patternsIn } from '../../core/dtype';
import { ArgumentError, DeviceError, show } from '../../core/errors';
import type { Job } from '../../jobs/job';
import { largestBatch, pack, type Piece } from '../../jobs/pack';
import type { Watch } from '../../core/watch';
import type { Computer } from './computer';
import type { Patterns } from './reference/fill';
import { fillOrthogonal, orthogonalMatrix } from './orthogonal/orthogonal';
import { inTurns, nextTurn } from './turns';

/** Milliseconds of linear algebra between two looks at the abort signal. */
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
    throw new ArgumentError(
      `buffer must be an ArrayBuffer or a view of one for the CPU backend, got ${show(buffer)}`,
    );
  }
  const start = (view === undefined ? 0 : view.byteOffset) + byteOffset;
  const size = bytesPerElement(job.dtype);
  if (start % size !== 0) {
    throw new ArgumentError(
      `byteOffset must be a multiple of ${size}, the size of ${job.dtype}, got ${start}`,
    );
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
    throw new DeviceError(
      `the tensor needs ${bytes} bytes of memory, more than one ArrayBuffer can have here; fill ranges of it`,
    );
  }
}

/** Computes jobs into their destinations, giving way to other work now and then. */
export async function fillMemory(
  computer: Computer,
  placements: readonly { readonly job: Job; readonly destination: Destination }[],
  watch: Watch,
): Promise<void> {
  const { signal, onProgress } = watch;
  const total = placements.reduce((sum, { job }) => sum + job.range.count, 0);
  let done = 0;
  for (const { job, destination } of placements) {
    const start = done;
    done += job.range.count;
    const share = (part: number): void => onProgress?.((start + part * job.range.count) / total);
    const own = { signal, onProgress: share };
    const source = await sourceOf(computer, job, own);
    try {
      await fillFrom(source, job, destination, own);
    } finally {
      source.close();
    }
  }
}

/** What a job's elements come from. */
interface Source {
  /** Elements from `start` on. */
  fill(start: number, out: Patterns, watch: Watch): Promise<void>;
  close(): void;
}

function nothing(): void {
  // There is nothing to do.
}

/** A matrix that elements need whole is computed here. */
async function sourceOf(
  computer: Computer,
  { params, key, dtype, range }: Job,
  { signal, onProgress }: Watch,
): Promise<Source> {
  if (params.kernel !== 'orthogonal')
    return {
      fill: (start, out, watch) => computer.fill({ params, key, dtype }, start, out, watch),
      close: nothing,
    };
  if (dtype === 'uint32' || range.count === 0) return { fill: async () => undefined, close: nothing };
  let turn = performance.now();
  const matrix = await orthogonalMatrix(computer, params, key, async (share) => {
    if (performance.now() - turn < TURN_MS) return;
    throwIfAborted(signal);
    onProgress?.(share);
    await nextTurn();
    turn = performance.now();
  });
  return {
    fill: (start, out, watch) =>
      inTurns(out, { signal: watch.signal }, (at, part) =>
        fillOrthogonal(params, matrix, dtype, start + at, part),
      ),
    close: () => matrix.close(),
  };
}

async function fillFrom(
  source: Source,
  job: Job,
  { buffer, byteOffset }: Destination,
  watch: Watch,
): Promise<void> {
  const { start, count } = job.range;
  await source.fill(start, patternsIn(job.dtype, buffer, byteOffset, count), watch);
}

/** The elements of jobs, piece after piece; a piece's bytes are valid until the next is asked for. */
export async function* streamFromMemory(
  computer: Computer,
  jobs: readonly Job[],
  batchBytes: number,
  watch: Watch,
): AsyncGenerator<{ piece: Piece; bytes: Uint8Array }> {
  const buffer = new ArrayBuffer(largestBatch(jobs, batchBytes));
  let current: { index: number; source: Source } | undefined;
  try {
    for (const batch of pack(jobs, batchBytes)) {
      for (const piece of batch) {
        const { job, index, count, byteOffset } = piece;
        if (current?.index !== index) {
          current?.source.close();
          current = undefined;
          current = { index, source: await sourceOf(computer, job, watch) };
        }
        await fillFrom(
          current.source,
          { ...job, range: piece },
          { buffer, byteOffset },
          { signal: watch.signal },
        );
        yield { piece, bytes: new Uint8Array(buffer, byteOffset, count * bytesPerElement(job.dtype)) };
      }
    }
  } finally {
    current?.source.close();
  }
}
