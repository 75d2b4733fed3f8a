import { logGamma } from '../../../src/statistics/special/log_gamma';
import type { TwoTails } from './two_tails';

const TINY = 1e-300;

/**
 * The regularized incomplete beta function I_x(a, b), lower, and 1 - I_x(a, b), upper.
 * Source: NIST DLMF 8.17.22, by Lentz's method, on the side where it converges fast.
 */
export function incompleteBeta(a: number, b: number, x: number): TwoTails {
  if (x <= 0) return { lower: 0, upper: 1 };
  if (x >= 1) return { lower: 1, upper: 0 };
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  if (x < (a + 1) / (a + b + 2)) {
    const lower = (front * fraction(a, b, x)) / a;
    return { lower, upper: 1 - lower };
  }
  const upper = (front * fraction(b, a, 1 - x)) / b;
  return { lower: 1 - upper, upper };
}

function fraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || TINY);
  let f = d;
  for (let m = 1; ; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let step = 1;
    for (const term of [even, odd]) {
      d = 1 / (1 + term * d || TINY);
      c = 1 + term / c || TINY;
      step = c * d;
      f *= step;
    }
    if (Math.abs(step - 1) < 1e-15) return f;
  }
}
