import { Histogram } from '../../src/statistics/histogram';
import type { RoundedLaw } from './rounded_law';

/**
 * Values counted in fine bins of equal width over the law's range, beside the exact probability
 * below each border. Kolmogorov-Smirnov, Anderson-Darling, chi-square and tail counts all read it,
 * so that 10^8 values need neither sorting nor 10^8 evaluations of a distribution function.
 */
export class BinnedSample {
  readonly histogram: Histogram;
  /** The law's probability below each border of the bins. */
  readonly below: Float64Array;
  n = 0;
  /** Values that are no numbers, or outside the law's range. */
  outside = 0;

  /** @param bins see binsFor */
  constructor(
    readonly law: RoundedLaw,
    readonly bins: number,
  ) {
    const { low, high } = law.continuous;
    this.histogram = new Histogram(low, high, bins);
    this.below = Float64Array.from({ length: bins + 1 }, (_, j) => law.below(this.border(j)));
    this.below[0] = 0;
    this.below[bins] = 1;
  }

  /** Bin j holds values in [border(j), border(j + 1)). */
  get counts(): readonly number[] {
    return this.histogram.counts;
  }

  add(values: Float32Array | Float64Array): void {
    const { min, max } = this.law;
    this.histogram.add(values);
    for (let i = 0; i < values.length; i++) {
      const x = values[i];
      if (!(x >= min && x <= max)) this.outside++;
    }
    this.n += values.length;
  }

  border(j: number): number {
    return this.histogram.edge(j);
  }
}

/** So many bins that within one the distribution functions differ by less than 2 % of 1 / sqrt(n). */
export function binsFor(n: number): number {
  return 2 ** Math.ceil(Math.log2(400 * Math.sqrt(n)));
}
