import { erfc } from '../../../src/statistics/special/erfc';

/** From here on 1 - ADinf has lost its digits, and further out the series itself. */
const FAR = 16;

/**
 * The probability that an Anderson-Darling statistic, with nothing wrong, is above z, in the
 * limit of many values.
 * Source: Marsaglia and Marsaglia (2004), "Evaluating the Anderson-Darling Distribution", ADinf.
 * Far out the leading term of the tail takes over: the limit is the sum of Z_j^2 / (j (j + 1))
 * over independent normals, whose tail is that of its first term times the product of
 * (1 - 2 / (j (j + 1)))^-1/2 over the others, which is sqrt 3 (Zolotarev 1961); the terms of
 * order 1/z are left out, 2 % there and fewer beyond.
 */
export function andersonDarlingAbove(z: number): number {
  if (z < 0.01) return 1;
  return z < FAR ? 1 - limit(z) : Math.sqrt(3) * erfc(Math.sqrt(z));
}

function limit(z: number): number {
  let factor = 1 / z;
  let sum = factor * term(z, 0);
  for (let j = 1; j < 100; j++) {
    factor *= (0.5 - j) / j;
    const next = sum + (4 * j + 1) * factor * term(z, j);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

function term(z: number, j: number): number {
  const t = ((4 * j + 1) ** 2 * Math.PI ** 2) / (8 * z);
  if (t > 150) return 0;
  let a = (Math.PI / Math.SQRT2) * (Math.exp(-t) / Math.sqrt(t));
  let b = (Math.PI ** 1.5 / Math.SQRT2) * erfc(Math.sqrt(t));
  let power = z / 8;
  let sum = a + b * power;
  for (let i = 1; i < 200; i++) {
    const c = ((i - 0.5 - t) * b + t * a) / i;
    a = b;
    b = c;
    power *= z / (8 * i + 8);
    const next = sum + c * power;
    if (next === sum) break;
    sum = next;
  }
  return sum;
}
