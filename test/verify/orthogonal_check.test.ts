import { describe, expect, it } from 'vitest';
import type { OrthogonalParameters } from '../../src/distributions/orthogonal';
import { orthonormalize, PlainQr } from '../../src/backends/cpu/orthogonal/qr';
import { initializers, Sampler } from '../../src/index';
import { resolveRequest } from '../../src/jobs/resolve';
import { columnConditions, OrthogonalCheck } from '../../src/verify/orthogonal_check';
import { ILL_CONDITIONED } from '../support/matrices';
import { TestRandom } from '../support/random';

describe('the conditions of the columns', () => {
  it('are those of a factorization worked by hand', () => {
    // A = [[3, 5], [4, 0]], R = [[5, 3], [0, 4]], D R^-1 = [[1, -3/4], [0, 5/4]].
    const [first, second] = columnConditions([3, 5, 4, 0], 2, 2);
    expect(first).toBeCloseTo(1, 14);
    expect(second).toBeCloseTo(Math.sqrt(50) / 4, 14);
  });

  it('are 1, sqrt(2), sqrt(3) where the columns are orthogonal, however long', () => {
    const conditions = columnConditions([1e5, 0, 0, 0, 0, 7, 0, 1e-5, 0, 0, 0, 0], 4, 3);
    [1, 2, 3].forEach((square, j) => expect(conditions[j]).toBeCloseTo(Math.sqrt(square), 14));
  });

  it('are without bound where columns depend on one another', () => {
    expect(Array.from(columnConditions([1, 2, 1, 2, 4, 2], 2, 3).subarray(1))).toEqual([Infinity, Infinity]);
    expect(columnConditions([0], 1, 1)[0]).toBe(Infinity);
  });
});

const cpu = await Sampler.create({ backend: 'cpu', cpu: 'reference' });

function checkOf(shape: number[], seed: number, options = {}): OrthogonalCheck {
  const { stretches, key } = resolveRequest({ initializer: initializers.orthogonal(options), shape, seed });
  return new OrthogonalCheck(stretches[0].params as OrthogonalParameters, key);
}

describe('the check of an orthogonal', () => {
  it('allows 2^-18 for every row of the shorter side, four at least, times the gain', () => {
    const wide = checkOf([10, 100], 1, { gain: -2 }); // well conditioned: its bound is not larger
    expect(wide.agrees('float32', 5, 0.1 + 0.9 * 2 * 10 * 2 ** -18, 0.1)).toBe(true);
    expect(wide.agrees('float32', 5, 0.1 - 1.1 * 2 * 10 * 2 ** -18, 0.1)).toBe(false);
    const small = checkOf([5, 1], 1);
    expect(small.agrees('float32', 2, 0.9 * 2 ** -16, 0)).toBe(true);
    expect(small.agrees('float32', 2, 1.1 * 2 ** -16, 0)).toBe(false);
    expect(small.agrees('float32', 2, NaN, 0)).toBe(false);
  });

  it('allows halves their rounding', () => {
    const check = checkOf([5, 1], 1);
    expect(check.agrees('bfloat16', 0, 0.50390625, 0.5)).toBe(true);
    expect(check.agrees('bfloat16', 0, 0.5078125, 0.5)).toBe(false);
    expect(check.agrees('float16', 0, 0.5009765625, 0.5)).toBe(false);
  });

  it('wants the zeros around a convolution kernel, sign and all', () => {
    const check = checkOf([3, 4, 4], 1, { layout: 'delta' });
    expect([
      check.agrees('float32', 15, 0, 0),
      check.agrees('float32', 15, -0, 0),
      check.agrees('float32', 15, 1e-6, 0),
    ]).toEqual([true, false, false]);
    expect([check.agrees('float32', 16, 1e-6, 0), check.agrees('float32', 32, 1e-6, 0)]).toEqual([
      true,
      false,
    ]);
  });

  it('allows what float32 does to an ill-conditioned matrix, and not much more', async () => {
    const random = new TestRandom(3);
    let beyondFlat = 0;
    for (const [n, seed] of ILL_CONDITIONED) {
      const { stretches, key } = resolveRequest({ initializer: 'orthogonal', shape: [n, n], seed });
      const check = new OrthogonalCheck(stretches[0].params as OrthogonalParameters, key);
      const normals = Array.from(
        await (await cpu.fill(initializers.randomNormal({ stddev: 1 }), [n * n], { seed })).data(),
      );
      const want = Float64Array.from(normals);
      const got = Float64Array.from(normals, (x) => x * (1 + (random.word() / 2 ** 31 - 1) * 2 ** -22));
      for (const a of [want, got]) await orthonormalize(new PlainQr(a, n, n), async () => undefined);
      got.forEach((x, i) => {
        expect(check.agrees('float32', i, x, want[i])).toBe(true);
        expect(check.agrees('float32', i, x + Math.sign(x - want[i]) * 0.02, want[i])).toBe(false);
        beyondFlat += Number(Math.abs(x - want[i]) > 2 ** -18 * Math.max(n, 4));
      });
    }
    expect(beyondFlat).toBeGreaterThan(0);
  });
});
