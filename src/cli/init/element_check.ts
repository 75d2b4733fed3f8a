import type { FileHandle } from 'node:fs/promises';
import { bytesPerElement } from '../../core/dtype';
import { show } from '../../core/errors';
import { elementDecoder } from '../../formats/elements';
import { SAFETENSORS_NAME } from '../../formats/safetensors_dtypes';
import { readExactly } from '../../formats/safetensors_file';
import type { Dtype, Filling, Job, KeyData, MathMode, Range, Sampler, Shape } from '../../index';
import { mergeMoments, moments, type Moments, NO_VALUES } from '../../statistics/moments';
import { streamNamed } from '../../streams/named';
import { Comparison, type Mismatch } from '../../verify/comparison';
import { SecondCheck } from '../../verify/second/second_check';
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
  /** The number of elements that were compared with the reference. */
  readonly byReference: number;
  /** The first element that is not what it should be. */
  readonly mismatch: Mismatch | undefined;
}

export const NOTHING_CHECKED: CheckResult = { moments: NO_VALUES, byReference: 0, mismatch: undefined };

const CHUNK_BYTES = 2 * 2 ** 20;

/** Joins the results of two checks, of which `a` is about the elements before those of `b`. */
export function mergeResults(a: CheckResult, b: CheckResult): CheckResult {
  return {
    moments: mergeMoments(a.moments, b.moments),
    byReference: a.byReference + b.byReference,
    mismatch: a.mismatch ?? b.mismatch,
  };
}

/** Holds elements of files against what they should be. */
export class ElementCheck {
  private readonly memories = [0, 1].map(() => new Uint8Array(CHUNK_BYTES));

  private constructor(
    private readonly reference: Sampler,
    private readonly second: SecondCheck | undefined,
  ) {}

  /** @param reference a sampler with `cpu: 'reference'`, whatever wrote the file */
  static async open(reference: Sampler): Promise<ElementCheck> {
    await reference.load(); // because its method `check` cannot wait
    return new ElementCheck(reference, await SecondCheck.open());
  }

  /**
   * Checks elements of one file.
   * @param requests one at least, all of them about the same file
   * @returns what each of them found
   * @throws Error where the second implementation contradicts the reference
   */
  async check(requests: readonly CheckRequest[]): Promise<CheckResult[]> {
    const [{ file: path, label }] = requests;
    const inFile = async (file: FileHandle): Promise<CheckResult[]> => {
      const results: CheckResult[] = [];
      for (const request of requests) results.push(await this.checkOne(file, request));
      return results;
    };
    return withInputFile(path, inFile, label);
  }

  private async checkOne(file: FileHandle, request: CheckRequest): Promise<CheckResult> {
    const { initializer, shape, dtype, range } = request;
    const stream = request.stream === undefined ? undefined : streamNamed('stream', request.stream);
    const seed = request.key as KeyData;
    // Native math is held against the exact values: those are what the seed stands for.
    const job = this.reference.check(initializer, shape, { seed, stream, dtype, math: 'exact', range });
    const { second } = this;
    if (second === undefined || request.math === 'native' || !second.knows(job))
      return this.byReference(file, request, job);
    const result = await this.bySecond(file, request, job, second);
    if (result !== undefined) return result;
    // What is right the reference says.
    const decided = await this.byReference(file, request, job);
    if (decided.mismatch !== undefined) return decided;
    throw new Error(
      `the second implementation contradicts the CPU reference, which finds nothing wrong with tensor ${show(request.name)}`,
    );
  }

  /**
   * Compares each element with the second implementation, and some with the reference. The next elements are read
   * while those before them are compared.
   * @returns undefined where the second implementation finds one wrong
   */
  private async bySecond(
    file: FileHandle,
    request: CheckRequest,
    job: Job,
    second: SecondCheck,
  ): Promise<CheckResult | undefined> {
    const { range, dtype } = request;
    const size = bytesPerElement(dtype);
    const end = range.start + range.count;
    const readFrom = (start: number, turn: number): Promise<Uint8Array<ArrayBuffer>> => {
      const bytes = Math.max(0, Math.min(CHUNK_BYTES, (end - start) * size));
      const coming = read(file, request, start, this.memories[turn % 2].subarray(0, bytes));
      coming.catch(() => {}); // It is awaited below.
      return coming;
    };
    let result = NOTHING_CHECKED;
    let coming = readFrom(range.start, 0);
    for (let start = range.start, turn = 1; start < end; turn++) {
      const got = await coming;
      const count = got.length / size;
      coming = readFrom(start + count, turn);
      const { agrees, byReference, mismatch } = second.check(job, start, got);
      if (!agrees) {
        await coming;
        return undefined;
      }
      result = mergeResults(result, { moments: momentsOf(request, got), byReference, mismatch });
      start += count;
    }
    return result;
  }

  /** Compares each element with the reference. */
  private async byReference(file: FileHandle, request: CheckRequest, job: Job): Promise<CheckResult> {
    const comparison = new Comparison(job, request.math);
    const wanted = this.reference.chunksOfJobs([job], { chunkBytes: CHUNK_BYTES });
    let result = NOTHING_CHECKED;
    for await (const { start, bytes: want } of wanted) {
      const got = await read(file, request, start, new Uint8Array(want.length));
      const mismatch = result.mismatch ?? comparison.firstMismatch(start, got, want);
      const byReference = want.length / bytesPerElement(request.dtype);
      result = mergeResults(result, { moments: momentsOf(request, got), byReference, mismatch });
    }
    return result;
  }
}

/** Reads elements from `start` on, counted in the tensor, and gives the bytes. */
async function read(
  file: FileHandle,
  { label, position, range, dtype }: CheckRequest,
  start: number,
  got: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  await readExactly(file, label, got, position + (start - range.start) * bytesPerElement(dtype));
  return got;
}

function momentsOf({ dtype }: CheckRequest, bytes: Uint8Array<ArrayBuffer>): Moments {
  return moments(elementDecoder(SAFETENSORS_NAME[dtype])!.decode(bytes));
}
