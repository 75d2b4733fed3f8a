import type { Histogram } from '../statistics/histogram';

export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly density: number;
}

/**
 * The density of the values in each bin. Values outside of all bins count in the outermost ones, so that they
 * are seen.
 */
export function barsOf({ counts, edges, below, above }: Histogram): Bar[] {
  const last = counts.length - 1;
  const all = counts.map((count, i) => count + (i === 0 ? below : 0) + (i === last ? above : 0));
  const total = all.reduce((sum, count) => sum + count, 0);
  return all.map((count, i) => {
    const [from, to] = [edges[i], edges[i + 1]];
    return { from, to, density: count / total / (to - from) };
  });
}
