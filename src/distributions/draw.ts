/**
 * What a backend computes: a small closed union. Initializers resolve to a draw, and know no
 * backend; a backend implements exactly these, and knows no initializer.
 */
export type Draw =
  /** The same value everywhere. */
  | { readonly kind: 'constant'; readonly value: number }
  /** Raw Philox words, uint32. */
  | { readonly kind: 'bits' }
  /** Uniform over [low, high); constant where both are equal. */
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly stddev: number }
  /**
   * mean + stddev * z for a standard normal z strictly between `lower` and `upper`, which count
   * in standard deviations; either may be infinite.
   */
  | {
      readonly kind: 'truncatedNormal';
      readonly mean: number;
      readonly stddev: number;
      readonly lower: number;
      readonly upper: number;
    }
  /** `value` on the main diagonal of a row-major [rows, columns] matrix, 0 elsewhere. */
  | { readonly kind: 'eye'; readonly rows: number; readonly columns: number; readonly value: number }
  /**
   * `gain` times Q of the QR factorization, with R's diagonal positive, of the standard normal
   * matrix with as many rows as the longer side; transposed where rows < columns. Row-major, from
   * element `offset` of the tensor on; 0 before and after it.
   */
  | {
      readonly kind: 'orthogonal';
      readonly rows: number;
      readonly columns: number;
      readonly gain: number;
      readonly offset: number;
    };

/**
 * How normals are computed. 'exact': in integers, the same bits everywhere. 'native': with the
 * device's own log, sqrt, sin and cos, faster and not portable.
 */
export const MATHS = ['exact', 'native'] as const;
export type MathMode = (typeof MATHS)[number];
