import { type CheckResult, judged } from '../check';
import type { BinnedSample } from '../binned_sample';
import { chiSquareTails } from '../special/tails';
import { twoSided } from '../special/two_tails';

const BINS = 1000;

/**
 * Chi-square over 1,000 bins of equal probability, put together from fine ones; each bin counts
 * with its own exact probability. Where single values are more probable than 1/1000, as with
 * halves, the bins are as even as the values allow, and fewer.
 */
export function chiSquare({ counts, below, n, bins }: BinnedSample): CheckResult {
  let statistic = 0;
  let groups = 0;
  let seen = 0;
  let start = 0;
  for (let j = 1; j <= bins; j++) {
    seen += counts[j - 1];
    if (!endsGroup(below[start], below[j], 1 - below[j])) continue;
    const expected = n * (below[j] - below[start]);
    statistic += (seen - expected) ** 2 / expected;
    groups++;
    seen = 0;
    start = j;
  }
  const pValue = twoSided(chiSquareTails(statistic, groups - 1));
  return judged('chi-square', statistic, groups - 1, pValue, `${groups} bins`);
}

/**
 * Whether a group ends here: past a multiple of 1/1000,
 * at least half full, and with as much left for the last.
 */
function endsGroup(from: number, to: number, left: number): boolean {
  if (left === 0) return to > from;
  return (
    Math.floor(to * BINS + 1e-9) > Math.floor(from * BINS + 1e-9) &&
    to - from > 0.5 / BINS &&
    left > 0.5 / BINS
  );
}
