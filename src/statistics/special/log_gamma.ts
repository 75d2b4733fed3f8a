const HALF_LOG_2PI = Math.log(2 * Math.PI) / 2;
/** From here on the five terms below reach double precision. */
const LARGE = 15;

/** ln Gamma(x) for x > 0. Source: Stirling's series, NIST DLMF 5.11.1, after the recurrence 5.5.1. */
export function logGamma(x: number): number {
  let product = 1;
  for (; x < LARGE; x++) product *= x;
  const r = 1 / (x * x);
  const series = (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r / 1188)))) / x;
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_2PI + series - Math.log(product);
}
