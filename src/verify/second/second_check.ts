import { fillReference } from '../../backends/cpu/reference/fill';
import type { Elements, Patterns } from '../../backends/cpu/computer';
import { bytesPerElement, patternsIn } from '../../core/dtype';
import type { Job } from '../../sampler';
import { Comparison, type Mismatch } from '../comparison';
import { SecondImplementation } from './second';
import { spotsOf } from './spots';

/** What was found in elements of a tensor. */
export interface Found {
  /** How many of them were compared with the reference. */
  readonly byReference: number;
  /** The first one that differs from the reference, among those that were compared. */
  readonly mismatch: Mismatch | undefined;
  /** Whether all elements are those of the second implementation. */
  readonly agrees: boolean;
}

/**
 * Holds the elements of a tensor against a second implementation, all of them, and against the reference, some of
 * them. It takes a small part of the time that the reference takes for all.
 */
export class SecondCheck {
  private constructor(private readonly second: SecondImplementation) {}

  /** Undefined where WebAssembly with SIMD is missing. */
  static async open(): Promise<SecondCheck | undefined> {
    const second = await SecondImplementation.open();
    return second && new SecondCheck(second);
  }

  /** Whether the second implementation knows how to compute the elements of a job, which has one stretch. */
  knows({ key, stretches: [{ params }] }: Job): boolean {
    return this.second.knows({ key, params });
  }

  /**
   * @param job that it knows
   * @param start the element of the tensor that the bytes begin with
   * @param got the bytes in question. They begin at a multiple of the element's size.
   */
  check(job: Job, start: number, got: Uint8Array<ArrayBuffer>): Found {
    const { key, dtype, stretches } = job;
    const elements: Elements = { params: stretches[0].params as Elements['params'], key, dtype };
    const size = bytesPerElement(dtype);
    const count = got.length / size;
    const want = this.memoryFor(job, count);
    this.second.fill(elements, start, want);
    const agrees = Buffer.compare(got, bytesOf(want)) === 0;
    let byReference = 0;
    let mismatch: Mismatch | undefined;
    for (const spot of spotsOf(count)) {
      const part = got.subarray(spot.start * size, (spot.start + spot.count) * size);
      const right = want.subarray(0, spot.count);
      fillReference(elements.params, key, dtype, start + spot.start, right);
      byReference += spot.count;
      if (Buffer.compare(part, bytesOf(right)) === 0) continue;
      mismatch ??= new Comparison(job, 'exact').firstMismatch(start + spot.start, part, bytesOf(right));
    }
    return { byReference, mismatch, agrees };
  }

  private memory = new ArrayBuffer(0);

  private memoryFor({ dtype }: Job, count: number): Patterns {
    const bytes = count * bytesPerElement(dtype);
    if (this.memory.byteLength < bytes) this.memory = new ArrayBuffer(bytes);
    return patternsIn(dtype, this.memory, 0, count);
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Patterns): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}
