import { parameter } from '../float32';

/** Beyond this the error function is +-1 in float32. */
const SATURATED = Math.fround(3.7439211627767994);

/** Numerator and denominator in x^2 of XLA's rational approximation, the highest power first. */
const ALPHA = [
  0.00022905065861350646, 0.0034082910107109506, 0.050955695062380861, 0.18520832239976145, 1.128379143519084,
].map(Math.fround);
const BETA = [
  -1.1791602954361697e-7, 0.000023547966471313185, 0.0010179625278914885, 0.014070470171167667,
  0.11098505178285362, 0.49746925110067538, 1,
].map(Math.fround);

/** The error function of a float32 number, with the roundings of XLA's code for CPUs with a fused multiply-add. */
export function erf(x: number): number {
  if (Math.abs(x) > SATURATED) return Math.sign(x);
  const square = Math.fround(x * x);
  const [p, q] = [ALPHA, BETA].map((c) => c.reduce((sum, next) => Math.fround(sum * square + next)));
  return parameter('float32', Math.fround(x * p) / q);
}
