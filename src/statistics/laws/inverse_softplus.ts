import type { ContinuousLaw } from './law';

/** Points of the midpoint rule, whose error is far below what moments of values show. */
const POINTS = 2 ** 14;

/** The number whose softplus is t. */
export function inverseOf(t: number): number {
  return t + Math.log(-Math.expm1(-t));
}

/**
 * The law of log(e^t - 1) for a t of which the logarithm is uniform in [low, high). Where `floor` is above
 * `low`, the least value has a probability of its own, which the density does not show.
 */
export function inverseSoftplusLaw(low: number, high: number, floor = 0): ContinuousLaw {
  const span = Math.log(high / low);
  let mean = 0;
  let square = 0;
  for (let i = 0; i < POINTS; i++) {
    const value = inverseOf(Math.max(low * Math.exp(((i + 0.5) / POINTS) * span), floor));
    mean += value / POINTS;
    square += (value * value) / POINTS;
  }
  const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  const start = inverseOf(Math.max(low, floor));
  return {
    kind: 'density',
    mean,
    stddev: Math.sqrt(square - mean * mean),
    low: start,
    high: inverseOf(high),
    lowEnd: 'closed',
    highEnd: 'open',
    density: (x) => 1 / ((1 + Math.exp(-x)) * softplus(x) * span),
    below: (x) => (x <= start ? 0 : Math.log(softplus(x) / low) / span),
    above: (x) => (x <= start ? 1 : Math.log(high / softplus(x)) / span),
  };
}
