import cephes from 'cephes';
import { beforeAll, describe, expect, it } from 'vitest';
import { erfc } from '../../src/statistics/special/erfc';
import { logGamma } from '../../src/statistics/special/log_gamma';
import { normalAbove, normalDensity, normalTwoSided } from '../../src/statistics/special/standard_normal';
import { expectNear } from '../support/near';

// cephes is the library below scipy.special.
beforeAll(() => cephes.compiled);

// The literal values: scipy 1.17.1, scipy.special.erfc and gammaln; scipy.stats.norm.
describe('special functions', () => {
  it.each([
    [0.5, 0.4795001221869535],
    [1.9999, 0.00467980209297061],
    [2, 0.004677734981047266],
    [3, 2.2090496998585445e-5],
    [6, 2.1519736712498913e-17],
    [20, 5.395865611607901e-176],
    [-1, 1.8427007929497148],
  ])('erfc(%f), with its digits in the tail too', (x, want) => expectNear(erfc(x), want, 1e-13));

  it('erfc is that of cephes from -6 to 26, where it is nearly 0', () => {
    for (let x = -6; x <= 26; x += 2 ** -9) expectNear(erfc(x), cephes.erfc(x), 2e-13, `erfc(${x})`);
  });

  it('erfc keeps to its limits', () => {
    expect([Infinity, -Infinity, NaN].map(erfc)).toEqual([0, 2, NaN]);
  });

  it.each([
    [1, 0.15865525393145707],
    [3, 0.0013498980316300933],
    [4, 3.167124183311986e-5],
    [5, 2.866515718791933e-7],
    [6.5, 4.016000583859088e-11],
  ])('a normal is above %f with 12 digits', (z, want) => {
    expectNear(normalAbove(z), want, 1e-12);
    expectNear(normalTwoSided(-z), 2 * want, 1e-12);
  });

  it('the normal density is the slope of its tail', () => {
    for (let z = -5; z <= 5; z += 0.25) {
      const slope = (normalAbove(z - 1e-4) - normalAbove(z + 1e-4)) / 2e-4;
      expectNear(normalDensity(z), slope, 1e-6);
    }
  });

  it.each([
    [0.5, 0.5723649429247],
    [10.5, 13.940625219403763],
    [100, 359.1342053695754],
    [1e8, 1742068066.1038349],
  ])('ln Gamma(%f)', (x, want) => expectNear(logGamma(x), want, 1e-14));

  it('ln Gamma is that of cephes from 2^-10 to 2^40', () => {
    for (let power = -10; power <= 40; power += 2 ** -5) {
      const x = 2 ** power;
      // Near its zeros at 1 and 2 only the absolute error is small.
      const error = Math.abs(logGamma(x) - cephes.lgam(x));
      expect(error, `ln Gamma(${x})`).toBeLessThanOrEqual(2e-14 * Math.max(1, Math.abs(cephes.lgam(x))));
    }
  });
});
