import { type FileHandle, open } from 'node:fs/promises';
import type { Draw, MathMode } from '../distributions/draw';
import { bytesPerElement, type Dtype, type FloatDtype, patternsIn } from '../core/dtype';
import { elementDecoder } from '../formats/elements';
import { readExactly } from '../formats/safetensors_file';
import { SAFETENSORS_NAME } from '../formats/safetensors_dtypes';
import { mergeMoments, moments, type Moments, NO_VALUES } from '../statistics/moments';
import { resolveJob } from '../jobs/job';
import { type Filling, stretches } from '../models/parts';
import { OrthogonalCheck } from '../verify/orthogonal_check';
import { Sampler } from '../sampler/sampler';
import type { Shape } from '../core/shape';
import { onFile } from './faults';
import { nativeAgrees } from '../verify/native_tolerance';
import { writeAll } from './output_file';
import { stopwatch } from './stopwatch';

/** Elements [start, start + count) of a tensor, to be computed on the CPU: plain data, so that threads can pass it on. */
export interface Work {
  /** Write them into the file, or check what the file has there. */
  readonly task: 'write' | 'check';
  readonly file: string;
  /** What messages call the file, which has a temporary name. */
  readonly label: string;
  /** The byte of the file where element `start` lies. */
  readonly position: number;
  readonly name: string;
  /** The tensor's; the elements lie within one of its parts. */
  readonly initializer: Filling;
  readonly shape: Shape;
  readonly dtype: Dtype;
  readonly seed: bigint;
  /** How the file's elements were computed. */
  readonly math: MathMode;
  readonly start: number;
  readonly count: number;
}

export interface Mismatch {
  /** The element, counted row-major in the tensor. */
  readonly element: number;
  /** The file's value and the reference's, as text. */
  readonly got: string;
  readonly want: string;
}

/** What became of a piece of work; times in seconds. */
export interface Outcome {
  readonly computing: number;
  readonly inFile: number;
  /** Of the file's elements, where they were checked. */
  readonly moments: Moments;
  readonly mismatch: Mismatch | undefined;
}

const CHUNK_BYTES = 4 * 2 ** 20;

/** Computes a piece of a tensor on the CPU and writes it, or compares what is written with the CPU reference. */
export async function perform(work: Work): Promise<Outcome> {
  const [{ initializer }] = stretches(work.shape, work.initializer, { start: work.start, count: work.count });
  // What checks is the reference, whatever wrote; and each thread computes alone.
  const sampler = await Sampler.create({
    backend: 'cpu',
    cpu: work.task === 'write' ? 'fast' : 'reference',
    threads: 1,
  });
  const { seed, name, dtype, start, count } = work;
  // Native math is checked against the exact values too: those are what the seed stands for.
  const math = work.task === 'write' ? work.math : 'exact';
  const options = { seed, name, dtype, math, range: { start, count }, chunkBytes: CHUNK_BYTES };
  const chunks = sampler.chunks(initializer, work.shape, options);
  const orthogonal = orthogonalCheck(work);
  const verb = work.task === 'write' ? 'write' : 'read';
  return onFile(`cannot ${verb} ${work.label}`, async () => {
    const file = await open(work.file, work.task === 'write' ? 'r+' : 'r');
    try {
      return await run(work, file, chunks, orthogonal);
    } finally {
      await file.close();
    }
  });
}

async function run(
  work: Work,
  file: FileHandle,
  chunks: AsyncIterable<Uint8Array>,
  orthogonal?: OrthogonalCheck,
): Promise<Outcome> {
  let computing = 0;
  let inFile = 0;
  let done = 0;
  let total = NO_VALUES;
  let mismatch: Mismatch | undefined;
  const lap = stopwatch();
  for await (const want of chunks) {
    computing += lap();
    if (work.task === 'write') {
      await writeAll(file, want, work.position + done);
      inFile += lap();
    } else {
      const got = new Uint8Array(want.length);
      await readExactly(file, work.label, got, work.position + done);
      inFile += lap();
      const { decode } = elementDecoder(SAFETENSORS_NAME[work.dtype])!;
      total = mergeMoments(total, moments(decode(got)));
      mismatch ??= firstMismatch(work, done / bytesPerElement(work.dtype), got, want, orthogonal);
      computing += lap();
    }
    done += want.length;
  }
  return { computing, inFile, moments: total, mismatch };
}

/** What elements [start, start + count) of a tensor are. */
export type Elements = Pick<Work, 'initializer' | 'shape' | 'dtype' | 'math' | 'start' | 'count'>;

/** How an orthogonal's elements are compared, whose bits depend on the device; undefined for others. */
export function orthogonalCheck(work: Elements & Pick<Work, 'seed' | 'name'>): OrthogonalCheck | undefined {
  const { seed, name, dtype, shape, start, count } = work;
  const [{ initializer }] = stretches(shape, work.initializer, { start, count });
  const { params, key } = resolveJob(initializer, shape, { seed, name, dtype });
  return params.kernel === 'orthogonal' ? new OrthogonalCheck(params, key) : undefined;
}

/** The first element that differs, or differs too much; the bytes are elements from `work.start` + `offset` on. */
export function firstMismatch(
  work: Elements,
  offset: number,
  got: Uint8Array<ArrayBuffer>,
  want: Uint8Array,
  orthogonal?: OrthogonalCheck,
): Mismatch | undefined {
  if (Buffer.compare(got, want) === 0) return undefined;
  const wanted = Uint8Array.from(want);
  const { decode } = elementDecoder(SAFETENSORS_NAME[work.dtype])!;
  const values = [decode(got), decode(wanted)];
  const bits = [got, wanted].map(({ buffer, byteOffset, length }) =>
    patternsIn(work.dtype, buffer, byteOffset, length / bytesPerElement(work.dtype)),
  );
  const [{ initializer }] = stretches(work.shape, work.initializer, { start: work.start, count: work.count });
  const draw = initializer.resolve(work.shape);
  for (let i = 0; i < bits[0].length; i++) {
    if (bits[0][i] === bits[1][i]) continue;
    const element = work.start + offset + i;
    if (
      work.dtype !== 'uint32' &&
      agrees(draw, work.dtype, work.math, element, values[0][i], values[1][i], orthogonal)
    )
      continue;
    const [gotText, wantText] = values.map((of, side) => `${of[i]} (0x${bits[side][i].toString(16)})`);
    return { element, got: gotText, want: wantText };
  }
  return undefined;
}

/** Whether bits that differ may differ: those of native math and of an orthogonal. */
function agrees(
  draw: Draw,
  dtype: FloatDtype,
  math: MathMode,
  element: number,
  got: number,
  want: number,
  orthogonal: OrthogonalCheck | undefined,
): boolean {
  if (orthogonal !== undefined) return orthogonal.agrees(dtype, element, got, want);
  return math === 'native' && nativeAgrees(draw, dtype, got, want);
}
