import { describe, expect, it } from 'vitest';
import { elementDecoder } from '../../src/formats/elements';
import { deviation, Histogram, mergeMoments, moments, NO_VALUES } from '../../src/statistics/statistics';

describe('moments', () => {
  it('are those of numpy', () => {
    // numpy: np.mean([1, 2, 4, 9]), np.std([1, 2, 4, 9])
    const all = moments([1, 2, 4, 9]);
    expect(all).toMatchObject({ count: 4, finite: 4, nan: 0, infinite: 0, mean: 4, min: 1, max: 9 });
    expect(deviation(all)).toBeCloseTo(3.0822070014844882, 15);
  });

  it('do not lose a small spread beside a large mean', () => {
    const values = Array.from({ length: 10_000 }, (_, i) => 1e9 + (i % 2));
    const halves = mergeMoments(moments(values.slice(0, 3_001)), moments(values.slice(3_001)));
    expect(deviation(moments(values))).toBeCloseTo(0.5, 12);
    expect(deviation(halves)).toBeCloseTo(0.5, 6);
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
    expect(deviation(pieces)).toBeCloseTo(deviation(whole), 9);
    expect([pieces.min, pieces.max]).toEqual([whole.min, whole.max]);
  });

  it('are those of the finite values, and count the others', () => {
    const all = moments([NaN, 1, Infinity, 3, -Infinity, NaN]);
    expect(all).toMatchObject({ count: 6, finite: 2, nan: 2, infinite: 2, mean: 2, min: 1, max: 3 });
    expect(deviation(all)).toBe(1);
    expect(deviation(moments([]))).toBeNaN();
    expect(mergeMoments(NO_VALUES, NO_VALUES).mean).toBe(0);
  });
});

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
});

describe('elementDecoder', () => {
  const decoded = (dtype: Parameters<typeof elementDecoder>[0], ...bytes: number[]): number[] =>
    Array.from(elementDecoder(dtype)!.decode(Uint8Array.from(bytes)));

  it('reads each type little endian', () => {
    expect(decoded('F32', 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0)).toEqual([1, -2]);
    expect(decoded('F16', 0x00, 0x3c, 0x01, 0x00, 0x00, 0xfc, 0xff, 0x7b)).toEqual([
      1,
      2 ** -24,
      -Infinity,
      65504,
    ]);
    expect(decoded('BF16', 0x80, 0x3f, 0x49, 0xc0, 0xc0, 0x7f)).toEqual([1, -3.140625, NaN]);
    expect(decoded('U32', 0xff, 0xff, 0xff, 0xff)).toEqual([4294967295]);
    expect(decoded('I32', 0xff, 0xff, 0xff, 0xff)).toEqual([-1]);
    expect(decoded('I16', 0x00, 0x80)).toEqual([-32768]);
    expect(decoded('U16', 0x00, 0x80)).toEqual([32768]);
    expect(decoded('I8', 0xff)).toEqual([-1]);
    expect(decoded('U8', 0xff)).toEqual([255]);
    expect(decoded('BOOL', 1, 0)).toEqual([1, 0]);
    expect(decoded('F64', 0, 0, 0, 0, 0, 0, 0xf0, 0x3f)).toEqual([1]);
    expect(decoded('I64', 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)).toEqual([-2]);
    expect(decoded('U64', 1, 0, 0, 0, 0, 0, 0, 0)).toEqual([1]);
  });

  it('has none for types that are listed only', () => {
    for (const dtype of ['F8_E4M3', 'F8_E5M2', 'F4', 'C64'] as const)
      expect(elementDecoder(dtype)).toBeUndefined();
  });
});
