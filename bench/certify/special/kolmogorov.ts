/**
 * The probability that a Kolmogorov-Smirnov statistic of n values, with nothing wrong, is above d.
 * Source: Kolmogorov's limit law after Stephens's correction for n (1970, "Use of the
 * Kolmogorov-Smirnov, Cramer-von Mises and related statistics without extensive tables").
 */
export function ksAbove(d: number, n: number): number {
  const root = Math.sqrt(n);
  return kolmogorovAbove(d * (root + 0.12 + 0.11 / root));
}

/** 1 - K(t) of Kolmogorov's limit law: the alternating series, and for small t its theta transform. */
export function kolmogorovAbove(t: number): number {
  if (t <= 0.1) return 1;
  let sum = 0;
  if (t < 1) {
    for (let k = 1; k < 20; k += 2) sum += Math.exp(-((k * Math.PI) ** 2) / (8 * t * t));
    return 1 - (Math.sqrt(2 * Math.PI) / t) * sum;
  }
  for (let k = 1; k < 20; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * t * t);
  return sum;
}
