import { incompleteBeta } from './incomplete_beta';
import { incompleteGamma } from '../../../src/statistics/special/incomplete_gamma';
import type { TwoTails } from './two_tails';

/** Tails of the chi-square distribution. */
export function chiSquareTails(x: number, degrees: number): TwoTails {
  return incompleteGamma(degrees / 2, x / 2);
}

/** P(X <= k) and P(X >= k) of a Poisson variable. */
export function poissonTails(k: number, mean: number): TwoTails {
  return {
    lower: incompleteGamma(k + 1, mean).upper,
    upper: k === 0 ? 1 : incompleteGamma(k, mean).lower,
  };
}

/** P(X <= k) and P(X >= k) for the number X of hits in n trials of probability p. */
export function binomialTails(k: number, n: number, p: number): TwoTails {
  return {
    lower: k >= n ? 1 : incompleteBeta(k + 1, n - k, p).upper,
    upper: k <= 0 ? 1 : incompleteBeta(k, n - k + 1, p).lower,
  };
}
