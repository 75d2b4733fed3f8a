import { describe, expect, it } from 'vitest';
import { barsOf } from '../../src/gallery/bars';
import { windowOf } from '../../src/gallery/law_window';
import { Histogram } from '../../src/statistics/histogram';
import { lawOf } from '../../src/statistics/laws';

describe('the bars of a histogram', () => {
  it('are densities, and show in the outermost ones what lies outside', () => {
    const histogram = new Histogram(0, 2, 4);
    histogram.add([-7, 0.1, 0.6, 0.7, 1.9, 2, 3, 9]);
    expect(barsOf(histogram)).toEqual([
      { from: 0, to: 0.5, density: 2 / 8 / 0.5 },
      { from: 0.5, to: 1, density: 2 / 8 / 0.5 },
      { from: 1, to: 1.5, density: 0 },
      { from: 1.5, to: 2, density: 4 / 8 / 0.5 },
    ]);
  });
});

describe('the window of a law', () => {
  it('is its support where that is narrow, and four standard deviations of a wide one', () => {
    expect(windowOf(lawOf({ kind: 'uniform', low: -1, high: 3 }))).toEqual({ low: -1, high: 3 });
    expect(windowOf(lawOf({ kind: 'normal', mean: 1, stddev: 0.5 }))).toEqual({ low: -1, high: 3 });
    const large = lawOf({ kind: 'orthogonal', rows: 400, columns: 2, gain: 1, offset: 0 });
    expect(windowOf(large)).toEqual({ low: -0.2, high: 0.2 });
    expect(windowOf(lawOf({ kind: 'eye', rows: 2, columns: 2, value: -3 }))).toEqual({ low: -3, high: 0 });
  });
});
