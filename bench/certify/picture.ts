import type { Histogram } from './histogram';

/** What the report draws of a histogram. */
export interface Picture {
  readonly bars: readonly Bar[];
  /** sqrt(n) (Fn - F): over each of many pieces of equal probability the value farthest from 0, by F. */
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
const PIECES = 512;

export function pictureOf(histogram: Histogram): Picture {
  return { bars: bars(histogram), difference: difference(histogram) };
}

function bars(histogram: Histogram): Bar[] {
  const { counts, below, bins, n } = histogram;
  const size = bins / BARS;
  return Array.from({ length: BARS }, (_, i) => ({
    from: histogram.border(i * size),
    to: histogram.border((i + 1) * size),
    count: counts.subarray(i * size, (i + 1) * size).reduce((a, b) => a + b, 0),
    expected: n * (below[(i + 1) * size] - below[i * size]),
  }));
}

function difference({ counts, below, bins, n }: Histogram): { u: number; value: number }[] {
  const root = Math.sqrt(n);
  const points: { u: number; value: number }[] = [];
  let seen = 0;
  let piece = { u: 0, value: 0 };
  for (let j = 0, next = 1; j < bins; j++) {
    seen += counts[j];
    const u = below[j + 1];
    const value = root * (seen / n - u);
    if (Math.abs(value) > Math.abs(piece.value)) piece = { u, value };
    if (u * PIECES < next && j < bins - 1) continue;
    points.push(piece.value === 0 ? { u, value } : piece);
    piece = { u, value: 0 };
    next = Math.floor(u * PIECES) + 1;
  }
  return points;
}
