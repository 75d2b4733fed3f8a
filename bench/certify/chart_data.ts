import type { BinnedSample } from './binned_sample';

/** What the report draws of a histogram. */
export interface ChartData {
  readonly bars: readonly Bar[];
  /** sqrt(n) (Fn - F): over each of many stretches of equal probability the value farthest from 0, by F. */
  readonly difference: readonly { readonly u: number; readonly value: number }[];
}

export interface Bar {
  readonly from: number;
  readonly to: number;
  /** Elements in the bar, and how many the law expects. */
  readonly count: number;
  readonly expected: number;
}

const BARS = 128;
const STRETCHES = 512;

export function chartDataOf(sample: BinnedSample): ChartData {
  return { bars: bars(sample), difference: difference(sample) };
}

function bars(sample: BinnedSample): Bar[] {
  const { histogram, below, bins, n } = sample;
  const size = bins / BARS;
  return Array.from({ length: BARS }, (_, i) => ({
    from: sample.border(i * size),
    to: sample.border((i + 1) * size),
    count: histogram.countIn(i * size, (i + 1) * size),
    expected: n * (below[(i + 1) * size] - below[i * size]),
  }));
}

function difference({ counts, below, bins, n }: BinnedSample): { u: number; value: number }[] {
  const root = Math.sqrt(n);
  const points: { u: number; value: number }[] = [];
  let seen = 0;
  let farthest = { u: 0, value: 0 };
  for (let j = 0, next = 1; j < bins; j++) {
    seen += counts[j];
    const u = below[j + 1];
    const value = root * (seen / n - u);
    if (Math.abs(value) > Math.abs(farthest.value)) farthest = { u, value };
    if (u * STRETCHES < next && j < bins - 1) continue;
    points.push(farthest.value === 0 ? { u, value } : farthest);
    farthest = { u, value: 0 };
    next = Math.floor(u * STRETCHES) + 1;
  }
  return points;
}
