import cephes from 'cephes';
import { beforeAll, describe, expect, it } from 'vitest';
import { incompleteBeta } from '../../../bench/certify/special/incomplete_beta';
import { incompleteGamma } from '../../../src/statistics/special/incomplete_gamma';
import { expectNear } from '../../support/near';

// cephes is the library below scipy.special. Far from the
// middle of a law the smaller tail must keep its digits.
beforeAll(() => cephes.compiled);

const DEVIATIONS = [-12, -5, -3, -1, -0.1, 0, 0.1, 1, 3, 5, 12];

describe('the incomplete gamma functions', () => {
  const SHAPES = [0.05, 0.5, 1, 2.5, 10, 19.5, 50, 200, 499.5, 1000, 5000, 32767.5, 1e5, 1e6];

  it.each(SHAPES)('for a = %f are those of cephes, 12 standard deviations to either side', (a) => {
    // exp(a ln x - x - ln Gamma(a)) loses digits as its terms grow; cephes's does, too.
    const tolerance = Math.max(1e-12, 1e-14 * a);
    const points = DEVIATIONS.map((z) => a + z * Math.sqrt(a)).filter((x) => x > 0);
    expect(points.length).toBeGreaterThan(4);
    for (const x of points) {
      const { lower, upper } = incompleteGamma(a, x);
      expectNear(lower, cephes.igam(a, x), tolerance, `P(${a}, ${x})`);
      expectNear(upper, cephes.igamc(a, x), tolerance, `Q(${a}, ${x})`);
    }
  });

  it('are 0 and 1 at 0', () => expect(incompleteGamma(3, 0)).toEqual({ lower: 0, upper: 1 }));
  it('are 1 and 0 at infinity', () => expect(incompleteGamma(3, Infinity)).toEqual({ lower: 1, upper: 0 }));
});

describe('the incomplete beta function', () => {
  const trials = [10, 100, 1e3, 1e4, 1e5].flatMap((n) =>
    [1e-4, 0.0027, 0.1, 0.5].map((p) => [n, p] as const),
  );

  it.each(trials)('for %i trials of probability %f is that of cephes', (n, p) => {
    const counts = DEVIATIONS.map((z) => Math.round(n * p + z * Math.sqrt(n * p * (1 - p))));
    for (const k of counts.filter((count) => count >= 1 && count <= n)) {
      const { lower, upper } = incompleteBeta(k, n - k + 1, p);
      const tolerance = Math.max(1e-11, 1e-14 * n);
      expectNear(lower, cephes.incbet(k, n - k + 1, p), tolerance, `I_${p}(${k}, ${n - k + 1})`);
      expectNear(upper, cephes.incbet(n - k + 1, k, 1 - p), tolerance, `1 - I_${p}(${k}, ${n - k + 1})`);
    }
  });

  // Where cephes itself is off, by mpmath 1.3.0 with 60 digits, from the continued fraction.
  it.each([
    [50000000, 50000001, 0.5, 0.50003989422794041, 0.49996010577205959],
    [49990000, 50010001, 0.5, 0.97725526687853977, 0.022744733121460227],
    [10000000, 90000001, 0.1, 0.50004875961207804, 0.49995124038792196],
    [270000, 99730001, 0.0027, 0.50025695971553508, 0.49974304028446492],
    [267405, 99732596, 0.0027, 0.99999972714653689, 2.728534631112076e-7],
    [10, 99999991, 1e-7, 0.54207029178364988, 0.45792970821635012],
  ])('has 6 digits for %f, %f and %f', (a, b, x, lower, upper) => {
    expectNear(incompleteBeta(a, b, x).lower, lower, 1e-6);
    expectNear(incompleteBeta(a, b, x).upper, upper, 1e-6);
  });
});
