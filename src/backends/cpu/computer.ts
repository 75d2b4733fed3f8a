import type { Dtype } from '../../core/dtype';
import type { Watch } from '../../core/watch';
import type { Parameters, ParametersOf } from '../../distributions/parameters';
import type { KeyWords } from '../../distributions/key_words';
import type { CpuPath } from './options';
import type { Qr } from './orthogonal/qr';

/** Elements as unsigned integers of their size. */
export type Patterns = Uint32Array | Uint16Array | Uint8Array;

/**
 * The parameters of all draws but orthogonal, whose elements come from a matrix that is computed as a whole.
 */
export type ElementParameters = Exclude<Parameters, ParametersOf<'orthogonal'>>;

/** The elements of a tensor. */
export interface Elements {
  readonly params: ElementParameters;
  readonly key: KeyWords;
  readonly dtype: Dtype;
}

/** A QR factorization that is to be carried out. */
export interface Factorization {
  readonly qr: Qr;
  /**
   * Turns the matrix into Q.
   * @param pause is called and awaited every few milliseconds, with the share of the work that is done
   */
  run(pause: (share: number) => Promise<void>, signal: AbortSignal | undefined): Promise<void>;
}

/** A way to compute elements on the CPU. All give the same bits. */
export interface Computer {
  readonly path: CpuPath;
  /** What computes, in words. */
  readonly description: string;
  /** Whether it computes elements on the calling thread alone, although they are work. */
  usesOneThread(elements: Elements): boolean;
  /** Computes the elements [start, start + out.length). It gives way to other work now and then. */
  fill(elements: Elements, start: number, out: Patterns, watch: Watch): Promise<void>;
  /**
   * A QR factorization of a row-major matrix.
   * @param load gives the matrix. It is called again where the matrix has to be factored again.
   * @param pause is called and awaited every few milliseconds
   * @throws RangeError where there is not enough memory
   */
  qr(
    load: () => Promise<Float32Array>,
    rows: number,
    columns: number,
    pause: () => Promise<void>,
  ): Promise<Factorization>;
  /** Ends the threads that it started. It may still be used afterwards. */
  destroy(): void;
}
