/**
 * The probability that a standard normal lies between `lower` and `upper`, with an error of about 1e-7. That
 * is enough to refuse an interval.
 * @see Abramowitz and Stegun, 1964, 26.2.17
 */
export function normalMass(lower: number, upper: number): number {
  // In the upper tail the difference of the upper tails loses no digits to cancellation.
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
