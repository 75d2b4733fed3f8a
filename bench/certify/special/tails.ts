import betainc from '@stdlib/math-base-special-betainc';
import gammainc from '@stdlib/math-base-special-gammainc';

/** The probabilities of at most and of at least what was seen. */
export interface TwoTails {
  readonly lower: number;
  readonly upper: number;
}

/** Twice the smaller tail: too little is as suspicious as too much. */
export function twoSided({ lower, upper }: TwoTails): number {
  return Math.min(1, 2 * Math.min(lower, upper));
}

/** Tails of the chi-square distribution. */
export function chiSquareTails(x: number, degrees: number): TwoTails {
  const tail = (upper: boolean): number => gammainc(x / 2, degrees / 2, true, upper);
  return { lower: tail(false), upper: tail(true) };
}

/** P(X <= k) and P(X >= k) of a Poisson variable. */
export function poissonTails(k: number, mean: number): TwoTails {
  return {
    lower: gammainc(mean, k + 1, true, true),
    upper: k === 0 ? 1 : gammainc(mean, k, true, false),
  };
}

/** P(X <= k) and P(X >= k) for the number X of hits in n trials of probability p. */
export function binomialTails(k: number, n: number, p: number): TwoTails {
  return {
    lower: k >= n ? 1 : betainc(p, k + 1, n - k, true, true),
    upper: k <= 0 ? 1 : betainc(p, k, n - k + 1, true, false),
  };
}
