import { logGamma } from './log_gamma';

const TINY = 1e-300;
const EPSILON = 1e-16;

/**
 * The regularized incomplete gamma functions P(a, x), lower, and Q(a, x), upper.
 * Source: NIST DLMF, the series 8.7.1 below a + 1, else the continued fraction 8.9.2 by Lentz's method.
 */
export function incompleteGamma(a: number, x: number): { readonly lower: number; readonly upper: number } {
  if (x <= 0) return { lower: 0, upper: 1 };
  if (x === Infinity) return { lower: 1, upper: 0 }; // the formulas below make NaN of it
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    const lower = front * series(a, x);
    return { lower, upper: 1 - lower };
  }
  const upper = front * fraction(a, x);
  return { lower: 1 - upper, upper };
}

function series(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = a + 1; term > sum * EPSILON; n++) {
    term *= x / n;
    sum += term;
  }
  return sum;
}

function fraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let f = d;
  for (let k = 1; ; k++) {
    const an = -k * (k - a);
    b += 2;
    d = 1 / (an * d + b || TINY);
    c = b + an / c || TINY;
    const step = c * d;
    f *= step;
    if (Math.abs(step - 1) < 2 * EPSILON) return f;
  }
}
