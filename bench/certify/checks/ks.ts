import { type CheckResult, judged } from '../check';
import type { BinnedSample } from '../binned_sample';
import { ksAbove } from '../special/kolmogorov';

/**
 * Kolmogorov-Smirnov: the largest distance between the values' distribution function and the
 * law's, over the borders of the bins. Over all x it is larger by at most the widest bin's
 * probability, so the p-value here is at least the true one: nothing right fails for the binning.
 * For halves, whose values have probabilities of their own, the test is conservative too
 * (Noether 1963).
 */
export function ks({ counts, below, n, bins }: BinnedSample): CheckResult {
  let seen = 0;
  let distance = 0;
  let widest = 0;
  for (let j = 0; j < bins; j++) {
    seen += counts[j];
    distance = Math.max(distance, Math.abs(seen / n - below[j + 1]));
    widest = Math.max(widest, below[j + 1] - below[j]);
  }
  const detail = `D = ${distance.toPrecision(4)}, between the bins' borders at most ${widest.toPrecision(2)} more`;
  return judged(
    'Kolmogorov-Smirnov',
    distance * Math.sqrt(n),
    Math.sqrt(Math.PI / 2) * Math.LN2,
    ksAbove(distance, n),
    detail,
  );
}
