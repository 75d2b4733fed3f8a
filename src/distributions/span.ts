/** An interval as two conditions. As the value grows, each of them turns true once and stays true. */
export interface Interval {
  /** The value is at or past the lower end. */
  readonly entered: (value: number) => boolean;
  /** The value is past the upper end. */
  readonly left: (value: number) => boolean;
}

/**
 * The first and the last integer in [from, to] whose values lie inside the first interval that holds any;
 * undefined where no interval does.
 * @param value a function that does not decrease
 */
export function spanInside(
  from: number,
  to: number,
  value: (n: number) => number,
  intervals: readonly Interval[],
): { first: number; last: number } | undefined {
  for (const { entered, left } of intervals) {
    const first = firstWhere(from, to, (n) => entered(value(n)));
    const last = firstWhere(from, to, (n) => left(value(n))) - 1;
    if (first <= last) return { first, last };
  }
  return undefined;
}

/** The first integer in [from, to] from which on `holds` is true, or to + 1. */
function firstWhere(from: number, to: number, holds: (n: number) => boolean): number {
  let below = from;
  let above = to + 1;
  while (below < above) {
    const middle = Math.floor((below + above) / 2);
    if (holds(middle)) above = middle;
    else below = middle + 1;
  }
  return below;
}
