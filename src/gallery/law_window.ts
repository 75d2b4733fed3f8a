import type { Law } from '../statistics/laws';

/** Standard deviations on either side of the mean that are drawn of a law. */
const REACH = 4;

/** The interval that a law is drawn over: all its values, but of a wide one not the far tails. */
export function windowOf(law: Law): { readonly low: number; readonly high: number } {
  if (law.kind === 'discrete') {
    const values = law.values.map(({ value }) => value);
    return { low: Math.min(...values), high: Math.max(...values) };
  }
  const reach = REACH * law.stddev;
  return { low: Math.max(law.low, law.mean - reach), high: Math.min(law.high, law.mean + reach) };
}
