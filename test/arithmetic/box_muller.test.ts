import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { boxMuller } from '../../src/arithmetic/box_muller';
import { FRACTION_BITS, LARGEST_NORMAL } from '../../src/arithmetic/normal_range';
import { TestRandom } from '../support/random';

const LIMIT = 2 ** -21;
const out = new Int32Array(2);

/** sqrt(-2 ln((w + 1/2) / 2^32)) in float64, near 1 from 1 - u, which is exact. */
function referenceRadius(w: number): number {
  return w >= 0x80000000
    ? Math.sqrt(-2 * Math.log1p(-(0xffffffff - w + 0.5) / 2 ** 32))
    : Math.sqrt(-2 * Math.log((w + 0.5) / 2 ** 32));
}

/** (cos, sin) of 2 pi (w + 1/2) / 2^32, from the nearest multiple of pi/2, so that small ones are good too. */
function referenceUnit(w: number): readonly [number, number] {
  const quadrant = Math.floor(w / 2 ** 30 + 0.5);
  const angle = (2 * Math.PI * (w - quadrant * 2 ** 30 + 0.5)) / 2 ** 32;
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return (
    [
      [c, s],
      [-s, c],
      [-c, -s],
      [s, -c],
    ] as const
  )[quadrant % 4];
}

/** The larger of the pair's errors. */
function error(w0: number, w1: number, radius: number, [cos, sin]: readonly [number, number]): number {
  boxMuller(w0 | 0, w1 | 0, out, 0);
  const scale = 2 ** -FRACTION_BITS;
  return Math.max(Math.abs(out[0] * scale - radius * cos), Math.abs(out[1] * scale - radius * sin));
}

describe('the integer Box-Muller', () => {
  it('is within 2^-21 of float64 at the ends, the powers of two and every boundary of a segment', () => {
    const edges = new Set([0, 1, 2, 3]);
    for (let power = 0; power < 32; power++) {
      for (const factor of [1, 5 / 4, 3 / 2, 7 / 4]) {
        for (let step = -2; step <= 2; step++) edges.add(Math.floor(2 ** power * factor) + step);
      }
    }
    const words = [...edges].filter((w) => w >= 0 && w < 2 ** 32).flatMap((w) => [w, 0xffffffff - w]);
    let worst = 0;
    for (const w0 of words) {
      const radius = referenceRadius(w0);
      for (const w1 of words) worst = Math.max(worst, error(w0, w1, radius, referenceUnit(w1)));
    }
    expect(worst).toBeLessThanOrEqual(LIMIT);
  });

  it('is within 2^-21 of float64 at 2^26 random pairs of words, and usually far closer', () => {
    const random = new TestRandom(71);
    let worst = 0;
    let squares = 0;
    const count = 2 ** 26;
    for (let i = 0; i < count; i++) {
      const w1 = random.word();
      // A quarter each with small w0 and with small 1 - u, where the radius is steep.
      const w = random.word();
      const w0 = i % 4 === 1 ? w >>> (w1 & 31) : i % 4 === 2 ? ~(w >>> (w1 & 31)) >>> 0 : w;
      const e = error(w0, w1, referenceRadius(w0), referenceUnit(w1));
      worst = Math.max(worst, e);
      squares += e * e;
    }
    expect(worst).toBeLessThanOrEqual(LIMIT);
    expect(Math.sqrt(squares / count)).toBeLessThan(2 ** -25);
  }, 240_000);

  it('reaches 6.76 and no further', () => {
    let largest = 0;
    for (let angle = 0; angle < 2 ** 32; angle += 2 ** 20) {
      for (const w1 of [angle, angle + 2 ** 20 - 1]) {
        boxMuller(0, w1 | 0, out, 0);
        largest = Math.max(largest, Math.abs(out[0]), Math.abs(out[1]));
      }
    }
    expect(largest / 2 ** FRACTION_BITS).toBeGreaterThan(6.76);
    expect(largest / 2 ** FRACTION_BITS).toBeLessThan(LARGEST_NORMAL);
  });

  it('turns a quarter with the word: signs and axes are symmetric', () => {
    const random = new TestRandom(5);
    const [first, turned] = [new Int32Array(2), new Int32Array(2)];
    for (let i = 0; i < 10_000; i++) {
      const w0 = random.word() | 0;
      const w1 = random.word();
      boxMuller(w0, w1 | 0, first, 0);
      boxMuller(w0, (w1 + 2 ** 30) | 0, turned, 0);
      expect([...turned]).toEqual([-first[1] + 0, first[0]]);
    }
  });

  it.each(['', '_estimate'])('has the constants that the committed script computes%s', (suffix) => {
    const script = fileURLToPath(new URL(`../../tools/box_muller${suffix}_constants.mjs`, import.meta.url));
    expect(() => execFileSync('node', [script, '--check'], { stdio: 'pipe' })).not.toThrow();
  });
});
