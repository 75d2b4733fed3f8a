import { decode } from '../core/bit_pattern';
import { bytesPerElement, isFloat, patternsIn } from '../core/dtype';
import type { Draw } from '../distributions/draw';
import type { MathMode } from '../distributions/math';
import { hasWords } from '../distributions/foreign';
import { distributionOf, type Parameters } from '../distributions/parameters';
import type { Job } from '../sampler';
import { nativeAgrees } from './native_tolerance';
import { OrthogonalCheck } from './orthogonal_check';

/** An element that is not what the seed stands for. */
export interface Mismatch {
  /** The element, counted row-major in its tensor. */
  readonly element: number;
  /** The value that was found and the one that is right, each with its bits. */
  readonly got: string;
  readonly want: string;
}

/** Whether every device has the same bits; where it has not, a bound says how far values may be apart. */
export function isBitwise(draw: Draw, math: MathMode): boolean {
  return math === 'exact' && !distributionOf(draw).needsOperand;
}

/** Whether the elements follow one another, so that those of a range cost the ones before it as well. */
export function isSequential(params: Parameters): boolean {
  return hasWords(params);
}

/** Decides whether elements of a tensor are what the seed stands for. */
export class Comparison {
  private readonly orthogonal: OrthogonalCheck | undefined;

  /**
   * @param job what computes the exact elements
   * @param math how the elements in question were computed
   */
  constructor(
    private readonly job: Job,
    private readonly math: MathMode,
  ) {
    const [{ params }] = job.stretches;
    if (params.kernel === 'orthogonal') this.orthogonal = new OrthogonalCheck(params, job.key);
  }

  /**
   * Finds the first element that differs by more than it may.
   * @param start the element of the tensor that both begin with
   * @param got what was found; it begins at a multiple of the element's size
   * @param want the exact elements, as many
   */
  firstMismatch(start: number, got: Uint8Array<ArrayBuffer>, want: Uint8Array): Mismatch | undefined {
    const exact = want.slice(); // which begins at a multiple of the element's size
    const [gotBits, wantBits] = [this.bits(got), this.bits(exact)];
    for (let i = 0; i < gotBits.length; i++) {
      if (gotBits[i] === wantBits[i]) continue;
      const [found, right] = [this.decode(gotBits[i]), this.decode(wantBits[i])];
      if (this.mayDiffer(start + i, found, right)) continue;
      return {
        element: start + i,
        got: `${found} (0x${gotBits[i].toString(16)})`,
        want: `${right} (0x${wantBits[i].toString(16)})`,
      };
    }
    return undefined;
  }

  private bits({ buffer, byteOffset, length }: Uint8Array<ArrayBuffer>): ArrayLike<number> {
    return patternsIn(this.job.dtype, buffer, byteOffset, length / bytesPerElement(this.job.dtype));
  }

  /** The number that an element's bits stand for. */
  private decode(bits: number): number {
    const { dtype } = this.job;
    return isFloat(dtype) ? decode(dtype, bits) : dtype === 'int32' ? bits | 0 : bits;
  }

  /** Whether values whose bits differ are near enough. */
  private mayDiffer(element: number, got: number, want: number): boolean {
    const { dtype, stretches } = this.job;
    if (!isFloat(dtype)) return false;
    if (this.orthogonal !== undefined) return this.orthogonal.agrees(dtype, element, got, want);
    if (this.math === 'exact') return false;
    const { draw } = stretches.findLast(({ range }) => range.start <= element)!;
    return nativeAgrees(draw, dtype, got, want);
  }
}
