import { describe, expect, it } from 'vitest';
import { formatOf } from '../../../bench/certify/format';
import { roundedLaw } from '../../../bench/certify/rounded_law';
import { standardizedMoments } from '../../../bench/certify/standardized_moments';
import { roundTo } from '../../../src/arithmetic/round';
import { normalLaw } from '../../../src/statistics/laws/normal';
import { truncatedNormalLaw } from '../../../src/statistics/laws/truncated_normal';
import { uniformLaw } from '../../../src/statistics/laws/uniform';
import { TestRandom } from '../../support/random';

const DTYPES = ['float32', 'float16', 'bfloat16'] as const;

describe.each(DTYPES)('the numbers of %s', (dtype) => {
  const format = formatOf(dtype);
  const random = new TestRandom();
  const reals = Array.from(
    { length: 2000 },
    () => (random.word() / 2 ** 31 - 1) * 2 ** (random.below(24) - 20),
  );

  it('are those that the library rounds to', () => {
    for (const x of [0, 1, -1, 0.1, 2 ** -14, 2 ** -20, ...reals])
      expect(format.nearest(x)).toBe(roundTo(dtype, x));
  });

  it('stand in order', () => {
    for (const x of reals) {
      const v = format.up(x);
      expect(format.before(v)).toBeLessThan(x);
      expect(v).toBeGreaterThanOrEqual(x);
      expect(format.after(format.before(v))).toBe(v);
    }
  });

  it('begin at their boundaries, with float32 in between', () => {
    for (const x of reals) {
      const v = format.up(x);
      const boundary = format.boundary(v);
      expect(roundTo(dtype, boundary + Math.abs(boundary) * 1e-12)).toBe(v);
      expect(roundTo(dtype, boundary - Math.abs(boundary) * 1e-12)).toBe(format.before(v));
    }
  });
});

describe('laws', () => {
  // scipy.stats.truncnorm(-2, 2): std() and moment(k) / std()**k.
  it('a cut normal has the moments that scipy gives', () => {
    const law = truncatedNormalLaw(0, 1, -2, 2);
    const { stddev } = law;
    const moments = standardizedMoments(law);
    expect(stddev).toBeCloseTo(0.8796256610342398, 14);
    [2.365536717129649, 7.471193300610918, 27.18959116547647].forEach((want, i) =>
      expect(moments[4 + 2 * i]).toBeCloseTo(want, 11),
    );
  });

  it.each([
    ['a uniform', uniformLaw(-1, 4), [1, 0, 1, 0, 9 / 5, 0, 27 / 7, 0, 9]],
    ['a normal', normalLaw(1, 0.05), [1, 0, 1, 0, 3, 0, 15, 0, 105]],
  ])('%s has its moments, by integrals of its density', (_, law, want) => {
    standardizedMoments(law).forEach((moment, k) => expect(Math.abs(moment - want[k])).toBeLessThan(3e-8));
    standardizedMoments(law)
      .slice(0, 5)
      .forEach((moment, k) => expect(moment).toBeCloseTo(want[k], 10));
  });

  it.each(DTYPES)('bounds of %s are kept as the contract has them', (dtype) => {
    const format = formatOf(dtype);
    const uniform = roundedLaw(uniformLaw(0, 1), dtype);
    expect(uniform.min).toBe(0);
    expect(uniform.max).toBe(format.before(1));
    const cut = roundedLaw(truncatedNormalLaw(0, 1, -2, 2), dtype);
    expect(cut.max).toBe(format.before(2));
    expect(cut.min).toBe(-cut.max);
    expect(cut.below(cut.min)).toBe(0);
    expect(cut.above(cut.max)).toBeGreaterThan(0);
    expect(cut.above(2)).toBe(0);
  });

  it('the last float16 below 1 also has what would be rounded to 1', () => {
    const law = roundedLaw(uniformLaw(0, 1), 'float16');
    expect(law.above(1 - 2 ** -11) / 2 ** -11).toBeCloseTo(1.5, 3);
    expect(law.below(2 ** -12) / 2 ** -12).toBeCloseTo(1, 3);
  });

  it.each(['float16', 'bfloat16'] as const)('%s has moments of its own', (dtype) => {
    const law = roundedLaw(normalLaw(0, 1), dtype);
    expect(law.moments[0]).toBeCloseTo(1, 12);
    expect(law.moments[2]).toBeCloseTo(1, 12);
    // The same by summing what the library makes of a fine grid of normals.
    let sum = 0;
    for (let x = -8 + 2 ** -17; x < 8; x += 2 ** -16) sum += roundTo(dtype, x) ** 2 * Math.exp((-x * x) / 2);
    expect(law.stddev).toBeCloseTo(Math.sqrt((sum * 2 ** -16) / Math.sqrt(2 * Math.PI)), 8);
  });
});
