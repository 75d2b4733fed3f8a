import { describe, expect, it } from 'vitest';
import { float32ToBfloat16, float32ToFloat16, roundToFloat32 } from '../../src/arithmetic/float';
import { decode, float32Bits, float32FromBits } from '../../src/arithmetic/round';
import { TestRandom } from '../support/random';
import { exact, nearest, scaled } from '../vectors/exact';

describe('roundToFloat32', () => {
  it('is the nearest float32, ties to even, for 20,000 64-bit integers at every kind of exponent', () => {
    const random = new TestRandom();
    for (let i = 0; i < 20_000; i++) {
      const hi = random.below(4) === 0 ? 0 : random.edgeWord();
      const lo = random.edgeWord();
      const exponent = [-60, -32, 0, -126 - random.below(64), -149 - random.below(70), 20][random.below(6)];
      const negative = random.below(2) === 1;
      const integer = (BigInt(hi) << 32n) | BigInt(lo);
      const value = scaled({ num: negative ? -integer : integer, den: 1n }, exponent);
      const expected = integer === 0n ? 0 : nearest(value, 32, 23) | (negative ? 0x80000000 : 0);
      expect(roundToFloat32(negative, hi, lo, exponent), `${negative} ${hi} ${lo} ${exponent}`).toBe(
        expected >>> 0,
      );
    }
  });
});

describe.each([
  { name: 'float32ToFloat16', convert: float32ToFloat16, dtype: 'float16', mantissa: 10, infinity: 0x7c00 },
  { name: 'float32ToBfloat16', convert: float32ToBfloat16, dtype: 'bfloat16', mantissa: 7, infinity: 0x7f80 },
] as const)('$name', ({ convert, dtype, mantissa, infinity }) => {
  it('keeps every half as it is', () => {
    for (let bits = 0; bits < 0x10000; bits++) {
      if ((bits & 0x7fff) > infinity) continue; // NaN
      expect(convert(float32Bits(decode(dtype, bits)))).toBe(bits);
    }
  });

  it('takes the middle between neighbours to the even one, and what is next to the middle to the nearer', () => {
    for (let low = 0; low < infinity - 1; low++) {
      const middle = float32Bits((decode(dtype, low) + decode(dtype, low + 1)) / 2);
      expect(convert(middle)).toBe(low + (low & 1));
      expect(convert(middle - 1)).toBe(low);
      expect(convert(middle + 1)).toBe(low + 1);
      expect(convert((middle | 0x80000000) >>> 0)).toBe(0x8000 | (low + (low & 1)));
    }
  });

  it('agrees with rounding by definition on 20,000 floats', () => {
    const random = new TestRandom(7);
    for (let i = 0; i < 20_000; i++) {
      const bits = random.word();
      if ((bits & 0x7f800000) === 0x7f800000) continue;
      const value = float32FromBits(bits);
      const zero = nearest(exact(value), 16, mantissa) | (bits >>> 31 ? 0x8000 : 0);
      expect(convert(bits), bits.toString(16)).toBe(zero);
    }
  });
});
