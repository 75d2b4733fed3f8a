import { describe, expect, it } from 'vitest';
import { andersonDarlingAbove } from '../../../bench/certify/special/anderson_darling';
import { kolmogorovAbove, ksAbove } from '../../../bench/certify/special/kolmogorov';
import { binomialTails, chiSquareTails, poissonTails } from '../../../bench/certify/special/tails';
import { twoSided } from '../../../bench/certify/special/two_tails';
import { expectNear } from '../../support/near';

// The literal values: scipy 1.17.1, scipy.stats.chi2, poisson, binom, kstwobign.
describe('tails of the statistics', () => {
  it.each([
    [3.841458820694124, 1, 0.9500000000000001, 0.04999999999999989],
    [20, 10, 0.9707473119230389, 0.029252688076961124],
    [1142.848, 999, 0.9990000011098624, 9.999988901376695e-4],
    [1200, 999, 0.9999888706495518, 1.112935044825893e-5],
    [800, 999, 9.102229414251655e-7, 0.9999990897770585],
  ])('chi-square %f with %i degrees of freedom', (x, degrees, lower, upper) => {
    expectNear(chiSquareTails(x, degrees).lower, lower, 1e-10);
    expectNear(chiSquareTails(x, degrees).upper, upper, 1e-10);
  });

  it.each([
    [3, 2, 0.857123460498547, 0.32332358381693654],
    [57, 57.33, 0.5177420254672147, 0.5349717885330859],
    [50000, 49152, 0.9999324627099323, 6.877502874680583e-5],
    [0, 1.7e-5, 0.9999830001444991, 1],
  ])('Poisson %i of mean %f', (k, mean, lower, upper) => {
    expectNear(poissonTails(k, mean).lower, lower, 1e-9);
    expectNear(poissonTails(k, mean).upper, upper, 1e-9);
  });

  it.each([
    [3, 10, 0.5, 0.171875, 0.9453125],
    [57, 1e8, 5.733e-7, 0.5177420204807763, 0.5349718085142636],
    [272480, 1e8, 0.0026997960632601866, 0.9999992550700154, 7.521270427738905e-7],
    [267500, 1e8, 0.0026997960632601866, 8.563148267440693e-7, 0.9999991518882397],
  ])('binomial %i of %f times %f', (k, n, p, lower, upper) => {
    expectNear(binomialTails(k, n, p).lower, lower, 1e-6);
    expectNear(binomialTails(k, n, p).upper, upper, 1e-6);
  });

  it('binomial counts at their ends and of impossible events', () => {
    expectNear(binomialTails(0, 10, 0.5).lower, 2 ** -10, 1e-13);
    expect(binomialTails(0, 10, 0.5).upper).toBe(1);
    expect(binomialTails(10, 10, 0.5).lower).toBe(1);
    expect(twoSided(binomialTails(0, 10, 0))).toBe(1);
    expect(twoSided(binomialTails(1, 10, 0))).toBe(0);
  });

  it.each([
    [0.3, 0.9999906941986655],
    [0.5, 0.9639452436648751],
    [0.9999, 0.2701068819688554],
    [1, 0.26999967167735456],
    [1.36, 0.049485876755377876],
    [1.63, 0.009846364888486529],
    [2.69, 1.0371304724272216e-6],
    [3, 3.045995948942526e-8],
  ])('Kolmogorov beyond %f', (t, want) => {
    expectNear(kolmogorovAbove(t), want, 1e-9);
    expectNear(ksAbove(t / 1e4, 1e8), want, 2e-4 * Math.max(1, t * t));
  });

  // Levels as published: Marsaglia and Marsaglia (2004), and D'Agostino and Stephens (1986), table 4.2.
  it.each([
    [1.933, 0.1],
    [2.492, 0.05],
    [3.878125, 0.01],
  ])('Anderson-Darling beyond %f', (z, want) => {
    expectNear(andersonDarlingAbove(z), want, 1e-3);
  });

  it('Anderson-Darling goes over into its tail without a step', () => {
    let last = 1;
    for (let z = 0.05; z < 40; z += 0.01) {
      const above = andersonDarlingAbove(z);
      expect(above).toBeLessThanOrEqual(last + 1e-12);
      expect(above).toBeGreaterThan(last * 0.95);
      last = above;
    }
    expectNear(andersonDarlingAbove(12.5), 1.0168e-6, 1e-3);
    for (const z of [100, 1e3, 1e6]) expect(andersonDarlingAbove(z)).toBeLessThan(1e-40);
  });
});
