import type { Dtype } from '../../core/dtype';
import type { Watch } from '../../core/watch';
import type { Parameters, ParametersOf } from '../../distributions/parameters';
import type { Key } from '../../streams/key';
import type { Qr } from './orthogonal/qr';

/** Elements as their bit patterns: 32 bits, or 16 for halves. */
export type Patterns = Uint32Array | Uint16Array;

/** What computes element by element: all but an orthogonal, which is a matrix before it is elements. */
export type ElementParameters = Exclude<Parameters, ParametersOf<'orthogonal'>>;

/** The elements of a tensor. */
export interface Elements {
  readonly params: ElementParameters;
  readonly key: Key;
  readonly dtype: Dtype;
}

/** A way to compute elements on the CPU; all give the same bits. */
export interface Computer {
  /** In words. */
  readonly description: string;
  /** Elements [start, start + out.length), giving way to other work now and then. */
  fill(elements: Elements, start: number, out: Patterns, watch: Watch): Promise<void>;
  /**
   * A QR factorization of a row-major matrix, to be carried out step by step.
   * @throws RangeError where there is not enough memory
   */
  qr(matrix: Float32Array, rows: number, columns: number): Promise<Qr>;
  /** Ends what it started; afterwards it may still be used. */
  destroy(): void;
}
