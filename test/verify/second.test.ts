import { describe, expect, it } from 'vitest';
import type { Dtype } from '../../src/core/dtype';
import type { Draw } from '../../src/distributions/draw';
import { SecondImplementation } from '../../src/verify/second/second';
import { spotsOf } from '../../src/verify/second/spots';
import { anyDraw, compareWithReference, DRAWS, FLOATS, STARTS } from '../support/draws';
import { TestRandom } from '../support/random';

const second = (await SecondImplementation.open())!;

function compare(draw: Draw, dtype: Dtype, seed: bigint, start: number, count: number): boolean {
  const fill: Parameters<typeof compareWithReference>[0] = (elements, from, out) => {
    if (!second.knows(elements)) return false;
    second.fill(elements, from, out);
    return true;
  };
  return compareWithReference(fill, draw, dtype, seed, start, count);
}

describe('the second implementation and the reference give the same bytes', () => {
  it('for random draws, dtypes, seeds and ranges', () => {
    const random = new TestRandom();
    let compared = 0;
    for (let trial = 0; trial < 3000; trial++) {
      const seed = (BigInt(random.word()) << 32n) | BigInt(random.word());
      const start = STARTS[random.below(STARTS.length)] + random.below(100);
      if (compare(anyDraw(random), FLOATS[random.below(3)], seed, start, random.below(700))) compared++;
    }
    expect(compared).toBeGreaterThan(1500);
  });

  it.each(STARTS)('for bits from element %d on', (start) => {
    for (const count of [0, 1, 3, 33, 9000])
      expect(compare({ kind: 'bits' }, 'uint32', 2n ** 64n - 1n, start, count)).toBe(true);
  });

  it.each(DRAWS)('for long stretches of %o', (draw) => {
    const computed = FLOATS.filter((dtype) => compare(draw, dtype, 42n, 2 ** 34 - 9001, 20_000));
    expect(computed).toContain('float32');
  });
});

describe('spots', () => {
  it.each([0, 1, 1024])('of %d elements are all of them', (count) => {
    const spots = [...spotsOf(count)];
    expect(spots).toEqual(count === 0 ? [] : [{ start: 0, count }]);
  });

  it.each([1025, 2 ** 14, 2 ** 14 + 1, 2 ** 15 - 1, 2 ** 19, 2 ** 20 + 77])(
    'of %d elements have the first and the last, do not overlap, and are one in 64 or more',
    (count) => {
      const spots = [...spotsOf(count)];
      expect(spots[0].start).toBe(0);
      const last = spots.at(-1)!;
      expect(last.start + last.count).toBe(count);
      for (const [i, { start }] of spots.entries())
        if (i > 0) expect(start).toBeGreaterThanOrEqual(spots[i - 1].start + spots[i - 1].count);
      expect(spots.reduce((sum, spot) => sum + spot.count, 0)).toBeGreaterThanOrEqual(count / 64);
    },
  );

  it('lie elsewhere each time', () => {
    const places = new Set(Array.from({ length: 20 }, () => [...spotsOf(2 ** 16)][1].start));
    expect(places.size).toBeGreaterThan(10);
  });
});
