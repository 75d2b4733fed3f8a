import type { DiscreteLaw } from '../../statistics/laws';

/** A value, or neighbouring ones, of a law of values that can be counted. */
export interface Stem {
  /** Of neighbouring ones, their middle. */
  readonly value: number;
  readonly probability: number;
  /** The share among the values that were drawn. */
  readonly measured: number;
}

/** More values are shown in groups of neighbours. */
const MOST = 64;

/** Of many values, those at the ends that are less likely, and were not drawn, are left out. */
const SEEN = 1e-5;

/** The values of a law, whose values rise, and how many of those that were drawn are each of them. */
export function stemsOf({ values: expected }: DiscreteLaw, drawn: Float32Array): Stem[] {
  const counts = expected.map(() => 0);
  const places = new Map(expected.map(({ value }, i) => [Math.fround(value), i]));
  for (const x of drawn) counts[places.get(x) ?? nearest(expected, x)]++;
  const seen = (i: number): boolean => counts[i] > 0 || expected[i].probability >= SEEN;
  let [from, to] = [0, expected.length];
  if (to > MOST / 8) {
    while (from < to - 1 && !seen(from)) from++;
    while (to > from + 1 && !seen(to - 1)) to--;
  }
  const size = Math.ceil((to - from) / MOST);
  return Array.from({ length: Math.ceil((to - from) / size) }, (_, group) => {
    const at = from + group * size;
    const members = expected.slice(at, Math.min(at + size, to));
    return {
      value: (members[0].value + members[members.length - 1].value) / 2,
      probability: members.reduce((sum, { probability }) => sum + probability, 0),
      measured:
        counts.slice(at, at + members.length).reduce((sum, count) => sum + count, 0) /
        Math.max(drawn.length, 1),
    };
  });
}

/** Rounding to a dtype may have moved a value. */
function nearest(expected: DiscreteLaw['values'], x: number): number {
  let best = 0;
  for (let i = 1; i < expected.length; i++)
    if (Math.abs(x - expected[i].value) < Math.abs(x - expected[best].value)) best = i;
  return best;
}
