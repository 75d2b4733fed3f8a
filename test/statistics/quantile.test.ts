import { describe, expect, it } from 'vitest';
import { median, quantile } from '../../src/statistics/quantile';

describe('quantile', () => {
  // numpy.quantile(x, [0, .1, .25, .5, .75, .9, 1]) of numpy 2.4.6, whose default is type 7
  it.each([
    [[7], [7, 7, 7, 7, 7, 7, 7]],
    [
      [3, 1, 2],
      [1, 1.2, 1.5, 2, 2.5, 2.8, 3],
    ],
    [
      [15.2, 3.1, 40, 3.1, 8.5, 22, 9.75, 11],
      [3.1, 3.1, 7.15, 10.375, 16.9, 27.4, 40],
    ],
    [
      [-2, 10, 9, 1e6],
      [-2, 1.3, 6.25, 9.5, 250007.5, 700003, 1e6],
    ],
  ])('of %j agrees with numpy', (samples, wanted) => {
    const got = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1].map((p) => quantile(samples, p));
    got.forEach((value, i) => expect(value).toBeCloseTo(wanted[i], 9));
  });

  it('sorts numbers as numbers, and leaves its argument as it is', () => {
    const samples = [10, 9, 100];
    expect(quantile(samples, 0.5)).toBe(10);
    expect(samples).toEqual([10, 9, 100]);
  });

  it('refuses no samples', () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
  });
});

describe('median', () => {
  it('is the middle value, or between the two middle ones', () => {
    expect([median([3, 1, 2]), median([4, 1, 3, 2]), median([7])]).toEqual([2, 2.5, 7]);
  });
});
