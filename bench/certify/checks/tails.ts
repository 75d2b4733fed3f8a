import type { BinnedSample } from '../binned_sample';
import { type CheckResult, judged } from '../check';
import { binomialTails } from '../special/tails';
import { twoSided } from '../special/two_tails';

/** Standard deviations from the mean, towards an end at infinity. */
const FAR = [3, 4, 5];
/** Next to a finite end, the last 1/2^k of the range. */
const LAST = [6, 9, 12];

/** What lies beyond a border, and on which side of a sample. */
interface Tail {
  readonly name: string;
  /** The bins of the tail. */
  readonly from: number;
  readonly to: number;
  readonly probability: number;
}

/**
 * Counts in the lower tail, in the upper one and, where they are
 * of one kind, in both, against their binomial laws, exactly.
 */
export function tails(sample: BinnedSample): CheckResult[] {
  return FAR.flatMap((_, level) => {
    const [lower, upper] = [lowerTail(sample, level), upperTail(sample, level)];
    const [below, above] = [lower, upper].map(({ from, to }) => sample.histogram.countIn(from, to));
    const both = judgedTail(
      `${lower.name}, both`,
      below + above,
      sample.n,
      lower.probability + upper.probability,
    );
    return [
      judgedTail(`${lower.name}, below`, below, sample.n, lower.probability),
      judgedTail(`${upper.name}, above`, above, sample.n, upper.probability),
      ...(lower.name === upper.name ? [both] : []),
    ];
  });
}

function lowerTail(sample: BinnedSample, level: number): Tail {
  const { mean, stddev, lowEnd } = sample.law.continuous;
  const to = lowEnd === 'infinite' ? binAt(sample, mean - FAR[level] * stddev) : sizeOf(sample, level);
  return { name: nameOf(lowEnd, level), from: 0, to, probability: sample.law.below(sample.border(to)) };
}

function upperTail(sample: BinnedSample, level: number): Tail {
  const { law, bins } = sample;
  const { mean, stddev, highEnd } = law.continuous;
  const from =
    highEnd === 'infinite' ? binAt(sample, mean + FAR[level] * stddev) : bins - sizeOf(sample, level);
  return { name: nameOf(highEnd, level), from, to: bins, probability: law.above(sample.border(from)) };
}

function nameOf(end: string, level: number): string {
  return end === 'infinite' ? `beyond ${FAR[level]} stddev` : `last 1/${2 ** LAST[level]} of the range`;
}

/** The bin whose border is next to x. */
function binAt({ law, bins }: BinnedSample, x: number): number {
  const { low, high } = law.continuous;
  return Math.round(((x - low) / (high - low)) * bins);
}

function sizeOf({ bins }: BinnedSample, level: number): number {
  return bins * 2 ** -LAST[level];
}

function judgedTail(name: string, count: number, n: number, probability: number): CheckResult {
  const pValue = twoSided(binomialTails(count, n, probability));
  return judged(name, count, n * probability, pValue, `count, probability ${probability.toPrecision(6)}`);
}
