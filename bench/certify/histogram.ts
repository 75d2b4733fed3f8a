import type { Law } from './law';

/**
 * Counts in fine bins of equal width over the law's range, beside the exact probability below
 * each border. Kolmogorov-Smirnov, Anderson-Darling, chi-square and tail counts all read it, so
 * that 10^8 values need neither sorting nor 10^8 evaluations of a distribution function.
 */
export class Histogram {
  readonly counts: Uint32Array;
  /** Bin j holds values in [border(j), border(j + 1)). */
  readonly below: Float64Array;
  n = 0;
  /** Values that are no numbers, or outside the law's range. */
  outside = 0;
  private readonly low: number;
  private readonly scale: number;

  /** @param bins see binsFor */
  constructor(
    readonly law: Law,
    readonly bins: number,
  ) {
    const { low, high } = law.density;
    this.low = low;
    this.scale = bins / (high - low);
    this.counts = new Uint32Array(bins);
    this.below = Float64Array.from({ length: bins + 1 }, (_, j) => law.below(this.border(j)));
    this.below[0] = 0;
    this.below[bins] = 1;
  }

  add(values: Float32Array | Float64Array): void {
    const { counts, low, scale } = this;
    const { min, max } = this.law;
    const last = this.bins - 1;
    for (let i = 0; i < values.length; i++) {
      const x = values[i];
      if (x >= min && x <= max) {
        const bin = ((x - low) * scale) | 0;
        counts[bin < last ? bin : last]++;
      } else {
        this.outside++;
      }
    }
    this.n += values.length;
  }

  border(j: number): number {
    return this.low + j / this.scale;
  }
}

/** So many bins that within one the distribution functions differ by less than 2 % of 1 / sqrt(n). */
export function binsFor(n: number): number {
  return 2 ** Math.ceil(Math.log2(400 * Math.sqrt(n)));
}
