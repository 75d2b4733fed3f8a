import { describe, expect, it } from 'vitest';
import { float32Bits, float32FromBits } from '../../src/core/bit_pattern';
import { weightOf } from '../../src/operations/categorical/filters';
import { gumbel } from '../../src/operations/categorical/gumbel';
import { float16ToFloat32, score, temperatureOf } from '../../src/operations/categorical/score';
import { decode } from '../../src/arithmetic/round';
import { TestRandom } from '../support/random';

const random = new TestRandom(5);
const out = new Uint32Array(2);

function scoreOf(logit: number, temperature: number): bigint {
  score(float32Bits(logit), temperatureOf(temperature), out);
  return BigInt.asIntN(64, (BigInt(out[1]) << 32n) | BigInt(out[0]));
}

describe('score', () => {
  it.each([1, 0.7, 1.3, 3, 1e-9, 1e9])('is logit / %d with 26 fractional bits', (temperature) => {
    for (let i = 0; i < 2000; i++) {
      const logit = (random.word() / 2 ** 31 - 1) * 2 ** ((i % 60) - 30);
      const exact = (Math.fround(logit) / temperature) * 2 ** 26;
      if (Math.abs(exact) >= 2 ** 61) continue;
      // 1 / T is rounded to 32 bits.
      const error = Math.abs(Number(scoreOf(logit, temperature)) - exact);
      expect(error).toBeLessThanOrEqual(1 + Math.abs(exact) * 2 ** -31);
    }
  });

  it('is exact at temperature 1, and truncated toward zero', () => {
    expect(scoreOf(1, 1)).toBe(2n ** 26n);
    expect(scoreOf(-1.5, 1)).toBe(-3n * 2n ** 25n);
    expect(scoreOf(1.99 * 2 ** -26, 1)).toBe(1n);
    expect(scoreOf(-1.99 * 2 ** -26, 1)).toBe(-1n);
    expect(scoreOf(2 ** -149, 1)).toBe(0n);
    expect(scoreOf(-0, 1)).toBe(0n);
  });

  it('saturates, below infinity', () => {
    expect(scoreOf(2 ** 34, 1)).toBe(2n ** 60n);
    expect(scoreOf(2 ** 35, 1)).toBe(2n ** 61n);
    expect(scoreOf(3e38, 1e-9)).toBe(2n ** 61n);
    expect(scoreOf(-3e38, 1)).toBe(-(2n ** 61n));
    expect(scoreOf(Infinity, 1e9)).toBe(2n ** 62n);
  });

  it('does not decrease with the logit', () => {
    for (const temperature of [0.3, 1, 7]) {
      const logits = Array.from({ length: 3000 }, () => float32FromBits(random.edgeWord()))
        .filter((logit) => !Number.isNaN(logit) && logit !== -Infinity)
        .sort((a, b) => a - b);
      const scores = logits.map((logit) => scoreOf(logit, temperature));
      expect(scores.every((each, i) => i === 0 || scores[i - 1] <= each)).toBe(true);
    }
  });
});

describe('gumbel', () => {
  it('is -ln(-ln u) within 2^-25', () => {
    const words = [0, 1, 2, 0xffffffff, 0xfffffffe, 0xe0000000, 0xdfffffff, 0x80000000, 0x7fffffff];
    for (let i = 0; i < 20_000; i++) words.push(random.edgeWord());
    for (const word of words) {
      const e = -Math.log1p(-(2 ** 32 - word - 0.5) / 2 ** 32);
      expect(Math.abs(gumbel(word) / 2 ** 26 + Math.log(e)), `${word}`).toBeLessThan(2 ** -25);
    }
  });
});

describe('the weight of a rank', () => {
  it('is e^-rank within 2^-28, and does not increase with the rank', () => {
    const ranks = Uint32Array.from(
      { length: 20_000 },
      () => random.word() >>> (1 + (random.word() % 12)),
    ).sort();
    let last = 2 ** 31;
    for (const rank of [0, ...ranks]) {
      const weight = weightOf(rank);
      expect(Math.abs(weight / 2 ** 31 - Math.exp(-rank / 2 ** 26)), `${rank}`).toBeLessThan(2 ** -28);
      expect(weight).toBeLessThanOrEqual(last);
      last = weight;
    }
    expect(weightOf(0)).toBe(2 ** 31);
  });
});

describe('float16ToFloat32', () => {
  it('keeps the value of every float16', () => {
    for (let bits = 0; bits < 2 ** 16; bits++)
      expect(float32FromBits(float16ToFloat32(bits)), `${bits}`).toBe(decode('float16', bits));
  });
});
