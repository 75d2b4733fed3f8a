import { describe, expect, it } from 'vitest';
import { Histogram } from '../../src/statistics/histogram';

describe('Histogram', () => {
  it('counts every finite value once, the ends too', () => {
    const histogram = new Histogram(0, 4, 4);
    histogram.add([0, 0.99, 1, 2.5, 3, 4, NaN, Infinity]);
    expect(histogram.edges).toEqual([0, 1, 2, 3, 4]);
    expect(histogram.counts).toEqual([2, 1, 1, 2]);
  });

  it('has one bin where all values are equal', () => {
    const histogram = new Histogram(5, 5, 16);
    histogram.add([5, 5]);
    expect(histogram.counts).toEqual([2]);
    expect(histogram.edges).toEqual([5, 5]);
  });

  it('spans what float64 spans', () => {
    const { MAX_VALUE } = Number;
    const histogram = new Histogram(-MAX_VALUE, MAX_VALUE, 4);
    histogram.add([-MAX_VALUE, -MAX_VALUE / 4, MAX_VALUE / 4, MAX_VALUE]);
    expect(histogram.counts).toEqual([1, 1, 1, 1]);
    expect(histogram.edges.every(Number.isFinite)).toBe(true);
    const tiny = new Histogram(0, 5e-324, 4);
    tiny.add([0, 5e-324]);
    expect(tiny.counts.reduce((a, b) => a + b)).toBe(2);
  });

  it('counts apart what lies outside', () => {
    const histogram = new Histogram(-1, 1, 2);
    histogram.add([-1.5, -1, 0.5, 1, 1.001, 7, Infinity, -Infinity, NaN]);
    expect(histogram.counts).toEqual([1, 2]);
    expect([histogram.below, histogram.above]).toEqual([2, 3]);
  });

  it('adds up bins', () => {
    const histogram = new Histogram(0, 4, 4);
    histogram.add([0, 1, 1, 2, 3]);
    expect([histogram.countIn(1, 3), histogram.countIn(0, 4), histogram.countIn(2, 2)]).toEqual([3, 5, 0]);
  });
});
