import { describe, expect, it } from 'vitest';
import { mergeMoments, moments, NO_VALUES, stddevOf } from '../../src/statistics/moments';

describe('moments', () => {
  it('are those of numpy', () => {
    // numpy: np.mean([1, 2, 4, 9]), np.std([1, 2, 4, 9])
    const all = moments([1, 2, 4, 9]);
    expect(all).toMatchObject({ count: 4, finite: 4, nan: 0, infinite: 0, mean: 4, min: 1, max: 9 });
    expect(stddevOf(all)).toBeCloseTo(3.0822070014844882, 15);
  });

  it('do not lose a small spread beside a large mean', () => {
    const values = Array.from({ length: 10_000 }, (_, i) => 1e9 + (i % 2));
    const halves = mergeMoments(moments(values.slice(0, 3_001)), moments(values.slice(3_001)));
    expect(stddevOf(moments(values))).toBeCloseTo(0.5, 12);
    expect(stddevOf(halves)).toBeCloseTo(0.5, 6);
    expect(halves.mean).toBeCloseTo(1e9 + 0.5, 6);
  });

  it('are the same from pieces as from the whole', () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => Math.sin(i) * i);
    let pieces = NO_VALUES;
    for (let at = 0; at < values.length; at += 77)
      pieces = mergeMoments(pieces, moments(values.subarray(at, at + 77)));
    const whole = moments(values);
    expect(pieces.count).toBe(1000);
    expect(pieces.mean).toBeCloseTo(whole.mean, 10);
    expect(stddevOf(pieces)).toBeCloseTo(stddevOf(whole), 9);
    expect([pieces.min, pieces.max]).toEqual([whole.min, whole.max]);
  });

  it('are those of the finite values, and count the others', () => {
    const all = moments([NaN, 1, Infinity, 3, -Infinity, NaN]);
    expect(all).toMatchObject({ count: 6, finite: 2, nan: 2, infinite: 2, mean: 2, min: 1, max: 3 });
    expect(stddevOf(all)).toBe(1);
    expect(stddevOf(moments([]))).toBeNaN();
    expect(mergeMoments(NO_VALUES, NO_VALUES).mean).toBe(0);
  });
});
