import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { minusLogDigits, minusLogFixed, normalizedWord } from '../../src/arithmetic/log';
import { LARGEST_LOG, LOG_FRACTION_BITS } from '../../src/arithmetic/log_range';
import { TestRandom } from '../support/random';

const LIMIT = 2 ** -28;
const out = new Uint32Array(1);

/** -ln((w + 1/2) / 2^32) in float64, near 1 from 1 - u, which is exact. */
function reference(w: number): number {
  return w >= 0x80000000 ? -Math.log1p(-(0xffffffff - w + 0.5) / 2 ** 32) : -Math.log((w + 0.5) / 2 ** 32);
}

function digits(w: number): number {
  const places = minusLogDigits(w, out);
  return out[0] * 2 ** -places;
}

/** The ends, and what is near a power of two, the boundary of a segment or the word where a factor gives 1. */
function edges(): number[] {
  const words = new Set<number>();
  for (let power = 0; power < 32; power++) {
    for (const factor of [1, 5 / 4, 3 / 2, 7 / 4, 8 / 5, 4 / 3, 8 / 7]) {
      for (let step = -20; step <= 20; step++) words.add(Math.floor(2 ** power * factor) + step);
    }
  }
  return [...words].filter((w) => w >= 0 && w < 2 ** 32).flatMap((w) => [w, 0xffffffff - w]);
}

describe('the integer logarithm as digits', () => {
  it('has a relative error below 2^-28 at all edges, and digits with the highest bit set', () => {
    for (const w of edges()) {
      const value = digits(w);
      expect(out[0], String(w)).toBeGreaterThanOrEqual(2 ** 31);
      expect(Math.abs(value / reference(w) - 1), String(w)).toBeLessThan(LIMIT);
    }
  });

  it('has a relative error below 2^-28 at 2^26 words, and usually a far smaller one', () => {
    const random = new TestRandom(73);
    const count = 2 ** 26;
    let worst = 0;
    let squares = 0;
    for (let i = 0; i < count; i++) {
      const w = random.word();
      // A quarter each with small w and with small 1 - u.
      const shifted = i % 4 === 1 ? w >>> (i & 31) : i % 4 === 2 ? ~(w >>> (i & 31)) >>> 0 : w;
      const e = digits(shifted) / reference(shifted) - 1;
      worst = Math.max(worst, Math.abs(e));
      squares += e * e;
    }
    expect(worst).toBeLessThan(LIMIT);
    expect(Math.sqrt(squares / count)).toBeLessThan(2 ** -31);
  }, 240_000);

  it('goes from 2^-33 to 33 ln 2', () => {
    expect(digits(0xffffffff) / 2 ** -33).toBeCloseTo(1, 8);
    expect(digits(0)).toBeCloseTo(33 * Math.LN2, 6);
    expect(digits(0)).toBeLessThan(LARGEST_LOG);
  });
});

describe('the integer logarithm in fixed point', () => {
  it('is within 2^-27 of float64 in every octave', () => {
    const random = new TestRandom(79);
    let worst = 0;
    for (let octave = -5; octave <= 32; octave++) {
      for (let i = 0; i < 2 ** 16; i++) {
        const m = random.edgeWord() | 0x80000000;
        const value = minusLogFixed(m, octave);
        const real = octave * Math.LN2 - Math.log((m >>> 0) / 2 ** 32);
        const signed = value >= 0xc0000000 ? value - 2 ** 32 : value;
        worst = Math.max(worst, Math.abs(signed / 2 ** LOG_FRACTION_BITS - real));
      }
    }
    expect(worst).toBeLessThan(2 ** -27);
  });

  it('agrees with the digits of a word', () => {
    for (const w of edges()) {
      const fixed = minusLogFixed(normalizedWord(w), Math.clz32(w)) / 2 ** LOG_FRACTION_BITS;
      expect(Math.abs(fixed - reference(w)), String(w)).toBeLessThan(2 ** -27);
    }
  });
});

it('the logarithm has the constants that the committed script computes', () => {
  const script = fileURLToPath(new URL('../../tools/logarithm_constants.mjs', import.meta.url));
  expect(() => execFileSync('node', [script, '--check'], { stdio: 'pipe' })).not.toThrow();
});
