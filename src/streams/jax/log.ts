/** The twin of shaders/jax/log.wgsl, which explains the algorithm. */
import { float32Bits } from '../../arithmetic/round';
import { add, multiply } from '../float32';
import { fused } from './fused';

const ROOT_OF_HALF = 0xb504f3; // sqrt(1/2) 2^24

/** The coefficients of the three polynomials, the one of the highest power first. */
const [P0, P1, P2, P3, P4, P5, P6, P7, P8] = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
].map(Math.fround);
const LN_2_SMALL = Math.fround(-2.1219444e-4); // ln 2 without the part that follows
const LN_2_LARGE = 0.693359375;

/** log(x) of a normal float32 number x > 0. */
export function logOf(value: number): number {
  const bits = float32Bits(value);
  const mantissa = (bits & 0x7fffff) | 0x800000;
  const below = mantissa < ROOT_OF_HALF;
  const x = (below ? 2 * mantissa : mantissa) / 2 ** 24 - 1;
  const e = (bits >>> 23) - (below ? 127 : 126);
  const x2 = multiply(x, x);
  const x3 = multiply(x2, x);
  const y0 = fused(fused(P0, x, P1), x, P2);
  const y1 = fused(fused(P3, x, P4), x, P5);
  const y2 = fused(fused(P6, x, P7), x, P8);
  const y = fused(fused(fused(y0, x3, y1), x3, y2), x3, multiply(LN_2_SMALL, e));
  const nearOne = add(fused(-0.5, x2, x), y);
  return fused(LN_2_LARGE, e, nearOne) + 0;
}
