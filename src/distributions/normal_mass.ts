/**
 * The probability that a standard normal lies between `lower` and `upper`, to about 1e-7:
 * Abramowitz and Stegun 26.2.17, which is enough to refuse a window.
 */
export function normalMass(lower: number, upper: number): number {
  // In the upper tail the difference of the two tails keeps its digits.
  return lower > 0 ? upperTail(lower) - upperTail(upper) : upperTail(-upper) - upperTail(-lower);
}

function upperTail(x: number): number {
  if (x < 0) return 1 - upperTail(-x);
  if (x === Infinity) return 0;
  const t = 1 / (1 + 0.2316419 * x);
  const poly =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * poly;
}
