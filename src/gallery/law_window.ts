import type { Law } from '../statistics/laws';

/** A law is drawn over so many standard deviations on either side of its mean. */
const REACH = 4;

/**
 * The interval that a law is drawn over. It has all values of the law, without the far tails of a wide one.
 */
export function windowOf(law: Law): { readonly low: number; readonly high: number } {
  if (law.kind === 'discrete') {
    const values = law.values.map(({ value }) => value);
    return { low: Math.min(...values), high: Math.max(...values) };
  }
  const reach = REACH * law.stddev;
  return { low: Math.max(law.low, law.mean - reach), high: Math.min(law.high, law.mean + reach) };
}
