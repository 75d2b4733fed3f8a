import { type CheckResult, judged } from '../check';
import type { BinnedSample } from '../binned_sample';
import { andersonDarlingAbove } from '../special/anderson_darling';

/**
 * Anderson-Darling: n times the integral of (Fn - F)^2 / (F (1 - F)) dF, with Fn taken as linear
 * within each bin, by the midpoint rule, which keeps the end bins finite. What linear leaves out
 * is the scatter within the bins, so that A2 only gets smaller: in the mean, of 1, by less than
 * 1e-5 where values are fine, and by less than 0.01 with bfloat16.
 */
export function andersonDarling({ counts, below, n, bins }: BinnedSample): CheckResult {
  let seen = 0;
  let difference = 0;
  let sum = 0;
  for (let j = 0; j < bins; j++) {
    const before = difference;
    seen += counts[j];
    difference = seen / n - below[j + 1];
    const u = (below[j] + below[j + 1]) / 2;
    const width = below[j + 1] - below[j];
    // Beside 1 the middle of a bin may be rounded to 1.
    if (width > 0 && u < 1) sum += (((before + difference) / 2) ** 2 / (u * (1 - u))) * width;
  }
  const statistic = n * sum;
  return judged('Anderson-Darling', statistic, 1, andersonDarlingAbove(statistic), 'A2');
}
