import { type CheckResult, judged } from '../check';
import type { Histogram } from '../histogram';

/** Not one value may lie outside what the law allows: no NaN, no open end, nothing beyond a cut. */
export function support({ outside, law }: Histogram): CheckResult {
  return judged(
    'within bounds',
    outside,
    0,
    outside === 0 ? 1 : 0,
    `values outside [${law.min}, ${law.max}]`,
  );
}
