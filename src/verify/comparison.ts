import { bytesPerElement, type Dtype, patternsIn } from '../core/dtype';
import type { Draw, MathMode } from '../distributions/draw';
import { elementDecoder } from '../formats/elements';
import { SAFETENSORS_NAME } from '../formats/safetensors_dtypes';
import type { Job } from '../jobs/job';
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

/**
 * Whether a draw gives a matrix that is computed as a whole. Its sums are float32 on a GPU and
 * float64 on the CPU, so the last bits of its elements depend on the device.
 */
export function isComputedWhole(draw: Draw): boolean {
  return draw.kind === 'orthogonal';
}

/**
 * Whether all devices compute the same bits. Where they do not, a bound says how far values may be
 * apart.
 */
export function isBitwise(draw: Draw, math: MathMode): boolean {
  return math === 'exact' && !isComputedWhole(draw);
}

/** Decides whether elements of a tensor are what the seed stands for. */
export class Comparison {
  private readonly dtype: Dtype;
  private readonly orthogonal: OrthogonalCheck | undefined;

  /**
   * @param job what computes the elements that `draw` describes
   * @param math how the elements in question were computed; they are compared with exact ones
   */
  constructor(
    private readonly draw: Draw,
    { params, key, dtype }: Pick<Job, 'params' | 'key' | 'dtype'>,
    private readonly math: MathMode,
  ) {
    this.dtype = dtype;
    this.orthogonal = params.kernel === 'orthogonal' ? new OrthogonalCheck(params, key) : undefined;
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
    let values: { readonly got: ArrayLike<number>; readonly want: ArrayLike<number> } | undefined;
    for (let i = 0; i < gotBits.length; i++) {
      if (gotBits[i] === wantBits[i]) continue;
      values ??= { got: this.decode(got), want: this.decode(exact) };
      if (this.mayDiffer(start + i, values.got[i], values.want[i])) continue;
      return {
        element: start + i,
        got: `${values.got[i]} (0x${gotBits[i].toString(16)})`,
        want: `${values.want[i]} (0x${wantBits[i].toString(16)})`,
      };
    }
    return undefined;
  }

  private bits({ buffer, byteOffset, length }: Uint8Array<ArrayBuffer>): ArrayLike<number> {
    return patternsIn(this.dtype, buffer, byteOffset, length / bytesPerElement(this.dtype));
  }

  private decode(bytes: Uint8Array<ArrayBuffer>): ArrayLike<number> {
    return elementDecoder(SAFETENSORS_NAME[this.dtype])!.decode(bytes);
  }

  /** Whether values whose bits differ are near enough. */
  private mayDiffer(element: number, got: number, want: number): boolean {
    const { dtype } = this;
    if (dtype === 'uint32') return false;
    if (this.orthogonal !== undefined) return this.orthogonal.agrees(dtype, element, got, want);
    return this.math === 'native' && nativeAgrees(this.draw, dtype, got, want);
  }
}
