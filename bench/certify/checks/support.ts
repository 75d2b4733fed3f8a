import { type CheckResult, judged } from '../check';
import type { BinnedSample } from '../binned_sample';

/** Not one value may lie outside what the law allows: no NaN, no open end, nothing beyond a cut. */
export function support({ outside, law }: BinnedSample): CheckResult {
  return judged(
    'within bounds',
    outside,
    0,
    outside === 0 ? 1 : 0,
    `values outside [${law.min}, ${law.max}]`,
  );
}
