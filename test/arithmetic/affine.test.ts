import { describe, expect, it } from 'vitest';
import { affineMap } from '../../src/arithmetic/affine_map';
import { affine } from '../../src/arithmetic/affine_step';
import { float32Bits } from '../../src/arithmetic/round';
import { TestRandom } from '../support/random';
import { exact, nearest, plus, scaled, times } from '../vectors/exact';

/** Pairs whose exponents are as near and as far from each other as parameters get. */
const PAIRS: readonly (readonly [number, number])[] = [
  [0, 1],
  [0, 0.02],
  [0, 3],
  [-1, 2],
  [-0.05, 0.1],
  [1, 0.02],
  [0, 3e-39],
  [1e-45, 1e-44],
  [0, 1e37],
  [-1e38, 2e37],
  [100, 1e-3],
  [1e-3, 100],
  [-7, 1e-6],
  [1e6, 1e-4],
  [1e-20, 1],
  [3.5, 2 ** -20],
  [-(2 ** -40), 1],
];

describe('the affine step', () => {
  it.each(PAIRS)('is exact up to one rounding for offset %d and scale %d', (offset, scale) => {
    const random = new TestRandom(11);
    const [a, b] = [Math.fround(offset), Math.fround(scale)];
    for (const fraction of [28, 32]) {
      const map = affineMap(a, b, 0, fraction);
      for (let i = 0; i < 500; i++) {
        const x = fraction === 28 ? random.edgeWord() >>> 1 : random.edgeWord();
        const negative = fraction === 28 && random.below(2) === 1;
        const product = times(exact(b), scaled({ num: BigInt(negative ? -x : x), den: 1n }, -fraction));
        const value = plus(exact(a), product);
        expect(affine(map, negative, x), `x = ${negative ? '-' : ''}${x}`).toBe(nearest(value, 32, 23));
      }
    }
  });

  it('takes no more bits than the terms need', () => {
    expect(affineMap(0, Math.fround(0.02), 0, 28).offsetBits).toBe(0);
    expect(affineMap(0, 1e-44, 0, 28).offsetBits).toBe(64); // subnormal results
    expect(affineMap(-0.05, 0.05, -0.05, 32).offsetBits).toBe(64);
    expect(affineMap(1e-3, 100, 1e-3, 32).offsetBits).toBe(96);
  });

  it('takes the difference of the ends exactly, also where float32 would round or overflow', () => {
    const low = Math.fround(-3e38);
    const high = Math.fround(3.1e38);
    const map = affineMap(low, high, low, 32);
    for (const word of [0, 1, 2 ** 31, 2 ** 32 - 1]) {
      const span = plus(exact(high), exact(-low));
      const value = plus(exact(low), times(span, scaled({ num: BigInt(word), den: 1n }, -32)));
      expect(affine(map, false, word)).toBe(nearest(value, 32, 23));
    }
  });

  it('rounds a term that 96 bits cannot hold beside the other to a multiple of 2^-94 of that', () => {
    const map = affineMap(1.75 * 2 ** -94, 1, 0, 32); // 2^X is 2, so the unit is 2^-93
    expect(affine(map, false, 0)).toBe(float32Bits(2 ** -93));
    expect(affine(map, false, 2 ** 31)).toBe(float32Bits(0.5));
  });
});
