import type { FileHandle } from 'node:fs/promises';
import { bytesPerElement } from '../../core/dtype';
import { elementDecoder } from '../../formats/elements';
import { SAFETENSORS_NAME } from '../../formats/safetensors_dtypes';
import { readExactly } from '../../formats/safetensors_file';
import type { Dtype, Filling, KeyData, MathMode, Range, Sampler, Shape } from '../../index';
import { mergeMoments, moments, type Moments, NO_VALUES } from '../../statistics/moments';
import { Comparison, type Mismatch } from '../../verify/comparison';
import { streamNamed } from '../../streams/named';
import { withInputFile } from '../input_file';

/**
 * Elements of a tensor in a file that are to be checked. It is plain data and can be sent to a
 * thread.
 */
export interface CheckRequest {
  readonly file: string;
  /** What messages call the file, which may have a temporary name. */
  readonly label: string;
  /** The byte of the file where the elements begin. */
  readonly position: number;
  readonly name: string;
  readonly initializer: Filling;
  readonly shape: Shape;
  readonly dtype: Dtype;
  /** The key of the tensor's stream as plain data, and the name of the stream beside tensorseed's own. */
  readonly key: object;
  readonly stream: string | undefined;
  /** How the file's elements were computed. */
  readonly math: MathMode;
  /** The elements, counted row-major in the tensor. All lie in the same part of it. */
  readonly range: Range;
}

/** What a check found. */
export interface CheckResult {
  /** The statistics of the file's elements. */
  readonly moments: Moments;
  /** The first element that is not what it should be. */
  readonly mismatch: Mismatch | undefined;
}

export const NOTHING_CHECKED: CheckResult = { moments: NO_VALUES, mismatch: undefined };

const CHUNK_BYTES = 4 * 2 ** 20;

/** Joins the results of two checks, of which `a` is about the elements before those of `b`. */
export function mergeResults(a: CheckResult, b: CheckResult): CheckResult {
  return { moments: mergeMoments(a.moments, b.moments), mismatch: a.mismatch ?? b.mismatch };
}

/**
 * Compares elements of one file with what a sampler computes.
 * @param requests one at least, all of them about the same file
 * @param reference a sampler with `cpu: 'reference'`, whatever wrote the file
 * @returns what each of them found
 */
export async function checkElements(
  requests: readonly CheckRequest[],
  reference: Sampler,
): Promise<CheckResult[]> {
  const [{ file: path, label }] = requests;
  const check = async (file: FileHandle): Promise<CheckResult[]> => {
    const results: CheckResult[] = [];
    await reference.load(); // because check cannot
    for (const request of requests) results.push(await checkOne(file, request, reference));
    return results;
  };
  return withInputFile(path, check, label);
}

async function checkOne(file: FileHandle, request: CheckRequest, reference: Sampler): Promise<CheckResult> {
  const { initializer, shape, dtype, range, label } = request;
  const stream = request.stream === undefined ? undefined : streamNamed('stream', request.stream);
  const seed = request.key as KeyData;
  // Native math is held against the exact values: those are what the seed stands for.
  const job = reference.check(initializer, shape, { seed, stream, dtype, math: 'exact', range });
  const comparison = new Comparison(job, request.math);
  const { decode } = elementDecoder(SAFETENSORS_NAME[dtype])!;
  let result = NOTHING_CHECKED;
  let done = 0;
  for await (const { bytes: want } of reference.chunksOfJobs([job], { chunkBytes: CHUNK_BYTES })) {
    const got = new Uint8Array(want.length);
    await readExactly(file, label, got, request.position + done);
    const start = range.start + done / bytesPerElement(dtype);
    const mismatch = result.mismatch ?? comparison.firstMismatch(start, got, want);
    result = { moments: mergeMoments(result.moments, moments(decode(got))), mismatch };
    done += want.length;
  }
  return result;
}
