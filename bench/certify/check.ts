/** The chance that one check fails a generator with nothing wrong. */
export const SIGNIFICANCE = 1e-6;

export interface CheckResult {
  readonly name: string;
  readonly statistic: number;
  /** What the statistic is, or is about, where nothing is wrong. */
  readonly expected: number;
  /** The chance of a statistic at least this unlikely; 0 or 1 for a promise without exceptions. */
  readonly pValue: number;
  readonly passed: boolean;
  /** How to read the statistic. */
  readonly detail: string;
}

export function judged(
  name: string,
  statistic: number,
  expected: number,
  pValue: number,
  detail: string,
): CheckResult {
  // A NaN is no pass.
  return { name, statistic, expected, pValue, passed: pValue >= SIGNIFICANCE, detail };
}
