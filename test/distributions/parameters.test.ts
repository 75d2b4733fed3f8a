import { describe, expect, it } from 'vitest';
import type { ElementParameters } from '../../src/backends/cpu/computer';
import { fillReference } from '../../src/backends/cpu/reference/fill';
import type { Draw } from '../../src/distributions/draw';
import type { Dtype, FloatDtype } from '../../src/core/dtype';
import { Key } from '../../src/streams/key';
import { parameters } from '../../src/distributions/parameters';
import { affine } from '../../src/arithmetic/affine_step';
import { decode, roundBits, roundTo } from '../../src/arithmetic/round';

const FLOATS = ['float32', 'float16', 'bfloat16'] as const;

function values(draw: Draw, dtype: FloatDtype, count: number, seed = 1): number[] {
  const out = dtype === 'float32' ? new Uint32Array(count) : new Uint16Array(count);
  fillReference(parameters(draw, dtype, 'exact') as ElementParameters, Key.from(seed), dtype, 0, out);
  return Array.from(out, (bits) => decode(dtype, bits));
}

/** The values of a uniform for the first and last words, where rounding could pass an end. */
function uniformEnds(low: number, high: number, dtype: FloatDtype): { first: number; last: number } {
  const params = parameters({ kind: 'uniform', low, high }, dtype, 'exact');
  if (params.kernel !== 'uniform') throw new Error(params.kernel);
  const value = (word: number): number => {
    const distance = Math.min(Math.max(word, params.wordMin), params.wordMax) - params.center;
    return decode(dtype, roundBits(dtype, affine(params.affine, distance < 0, Math.abs(distance))));
  };
  return { first: value(0), last: value(0xffffffff) };
}

describe('uniform', () => {
  it.each(FLOATS)('reaches the closed end and never the open one, in %s', (dtype) => {
    for (const [low, high] of [
      [0, 1],
      [-1, 1],
      [-0.05, 0.05],
      [0.1, 0.3],
      [0, 3e-7],
      [1, 1.125],
      [-3, -2],
      [1000, 1001],
    ]) {
      const { first, last } = uniformEnds(low, high, dtype);
      const rounded = Math.min(Math.fround(high), roundTo(dtype, high));
      const end = rounded > Math.fround(low) ? rounded : Math.fround(high); // bfloat16 has nothing but 1000 in [1000, 1001)
      expect(first).toBeGreaterThanOrEqual(Math.fround(low));
      expect(last).toBeLessThan(end);
      // Nothing of the dtype lies between the ends and what is reached, by more than a step either side.
      const [relative, least] = { float32: [-23, -149], float16: [-10, -24], bfloat16: [-7, -133] }[dtype];
      const step = Math.max(Math.abs(last) * 2 ** relative, 2 ** least);
      expect(end - last).toBeLessThanOrEqual(2.01 * step);
    }
  });

  it('of [0, 1) in float32 ends at 1 - 2^-24', () => {
    expect(uniformEnds(0, 1, 'float32')).toEqual({ first: 0, last: 1 - 2 ** -24 });
  });

  it('rounds float16 and bfloat16 from the float32 value', () => {
    for (const dtype of ['float16', 'bfloat16'] as const) {
      const draw = { kind: 'uniform', low: -1, high: 1 } as const;
      const largest = dtype === 'float16' ? 1 - 2 ** -11 : 1 - 2 ** -8;
      const rounded = values(draw, 'float32', 4000).map((value) => Math.min(roundTo(dtype, value), largest));
      expect(values(draw, dtype, 4000)).toEqual(rounded);
    }
  });

  it('is constant where both ends are one number', () => {
    expect(values({ kind: 'uniform', low: 0.25, high: 0.25 }, 'float16', 3)).toEqual([0.25, 0.25, 0.25]);
  });

  it('refuses ends in the wrong order, and a range without a value of the dtype', () => {
    expect(() => parameters({ kind: 'uniform', low: 1, high: 0 }, 'float32', 'exact')).toThrow(
      'high must be >= low = 1, got 0',
    );
    expect(() => parameters({ kind: 'uniform', low: 1.0001, high: 1.0002 }, 'float16', 'exact')).toThrow(
      'no float16 lies in [1.0001, 1.0002)',
    );
  });
});

describe('truncatedNormal', () => {
  it.each(FLOATS)('stays strictly inside its bounds after rounding, in %s', (dtype) => {
    for (const [mean, stddev, lower, upper] of [
      [0, 0.05, -2, 2],
      [1, 0.001, -2, 2],
      [0, 1, -Infinity, 0.01],
      [0, 3, 1.9, Infinity],
    ]) {
      const draw: Draw = { kind: 'truncated_normal', mean, stddev, lower, upper };
      const low = Math.fround(mean) + lower * Math.fround(stddev);
      const high = Math.fround(mean) + upper * Math.fround(stddev);
      for (const value of values(draw, dtype, 20_000)) {
        expect(value).toBeGreaterThan(low);
        expect(value).toBeLessThan(high);
        if (mean !== 1 || dtype !== 'bfloat16') {
          // which has nothing but 1 between 0.998 and 1.002
          expect(value).not.toBe(roundTo(dtype, low));
          expect(value).not.toBe(roundTo(dtype, high));
        }
      }
    }
  });

  it('refuses a window with too little mass at once, and one the wrong way round', () => {
    const far = { kind: 'truncated_normal', mean: 0, stddev: 1, lower: 5, upper: 6 } as const;
    expect(() => parameters(far, 'float32', 'exact')).toThrow(
      /^\[lower, upper\] = \[5, 6\] stddev must hold at least .* got 2\.8\de-7$/,
    );
    expect(() => parameters({ ...far, lower: 1, upper: 1 }, 'float32', 'exact')).toThrow(
      'lower must be below upper = 1, got 1',
    );
    expect(() => parameters({ ...far, lower: NaN }, 'float32', 'exact')).toThrow(
      'lower must be below upper = 6, got NaN',
    );
  });
});

describe('numbers that cannot be', () => {
  const refused: readonly (readonly [Draw, Dtype, string])[] = [
    [{ kind: 'normal', mean: 0, stddev: -1 }, 'float32', 'stddev must be a finite number >= 0, got -1'],
    [{ kind: 'normal', mean: NaN, stddev: 1 }, 'float32', 'mean must be a finite number, got NaN'],
    [
      { kind: 'normal', mean: 0, stddev: Infinity },
      'float32',
      'stddev must be a finite number >= 0, got Infinity',
    ],
    [
      { kind: 'normal', mean: 0, stddev: 1e4 },
      'float16',
      'mean 0 with stddev 10000 reaches -67812.5, which does not fit float16',
    ],
    [{ kind: 'constant', value: 1e39 }, 'float32', 'value must fit float32, got 1e+39'],
    [{ kind: 'constant', value: 65520 }, 'float16', 'value must fit float16, got 65520'],
    [{ kind: 'uniform', low: 0, high: 7e4 }, 'float16', 'high must fit float16, got 70000'],
    [
      { kind: 'eye', rows: 2, columns: 2, value: Infinity },
      'float32',
      'gain must be a finite number, got Infinity',
    ],
    [{ kind: 'bits' }, 'float32', 'bits are uint32, got dtype float32'],
    [
      { kind: 'constant', value: 1 },
      'uint32',
      'constant takes float32, float16 or bfloat16, got dtype uint32',
    ],
  ];
  it.each(refused)('%j in %s: %s', (draw, dtype, message) => {
    expect(() => parameters(draw, dtype, 'exact')).toThrow(message);
  });

  it('zero is a number: stddev 0 is the mean, a constant of -0 keeps its sign', () => {
    expect(values({ kind: 'normal', mean: 0.5, stddev: 0 }, 'bfloat16', 2)).toEqual([0.5, 0.5]);
    expect(
      values({ kind: 'truncated_normal', mean: 2, stddev: 0, lower: -2, upper: 2 }, 'float32', 1),
    ).toEqual([2]);
    expect(values({ kind: 'constant', value: -0 }, 'float16', 1)).toEqual([-0]);
  });
});
