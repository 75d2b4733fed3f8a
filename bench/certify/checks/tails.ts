import { type CheckResult, judged } from '../check';
import type { Histogram } from '../histogram';
import { binomialTails } from '../special/binomial';
import { twoSided } from '../special/two_tails';

/** A piece at both ends of a histogram. */
export interface Tail {
  readonly name: string;
  /** The share of the bins at each end, a multiple of 2^-12. */
  readonly share: number;
}

/** Beyond 3, 4 and 5 standard deviations, of bins that reach to 8. */
export const NORMAL_TAILS: readonly Tail[] = [3, 4, 5].map((z) => ({
  name: `beyond ${z} stddev`,
  share: (8 - z) / 16,
}));

/** Next to the ends of a bounded law. */
export const END_TAILS: readonly Tail[] = [6, 9, 12].map((k) => ({
  name: `last 1/${2 ** k} of the range`,
  share: 2 ** -k,
}));

/** Counts in the lower tail, in the upper one and in both, against their binomial laws, exactly. */
export function tails(histogram: Histogram, pieces: readonly Tail[]): CheckResult[] {
  return pieces.flatMap(({ name, share }) => {
    const size = histogram.bins * share;
    const lower = histogram.counts.subarray(0, size).reduce((a, b) => a + b, 0);
    const upper = histogram.counts.subarray(histogram.bins - size).reduce((a, b) => a + b, 0);
    const belowLower = histogram.law.below(histogram.border(size));
    const aboveUpper = histogram.law.above(histogram.border(histogram.bins - size));
    return [
      tail(`${name}, below`, lower, histogram.n, belowLower),
      tail(`${name}, above`, upper, histogram.n, aboveUpper),
      tail(`${name}, both`, lower + upper, histogram.n, belowLower + aboveUpper),
    ];
  });
}

function tail(name: string, count: number, n: number, probability: number): CheckResult {
  const pValue = twoSided(binomialTails(count, n, probability));
  return judged(name, count, n * probability, pValue, `count, probability ${probability.toPrecision(6)}`);
}
