/**
 * The Box-Muller transform of float32 in torch's steps on x86 processors with AVX2. Each function rounds as the
 * vector code does, where a product and a sum in one step are rounded once.
 * @see aten/src/ATen/native/cpu/DistributionTemplates.h, NormalFill16
 * @see Moshier, Cephes Mathematical Library, single precision, for the polynomials
 */
const { fround } = Math;

/** a * b + c, rounded once: the product of two float32 is exact in float64. */
function fma(a: number, b: number, c: number): number {
  return fround(a * b + c);
}

const LOG = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
].map(fround);
const [L0, L1, L2, L3, L4, L5, L6, L7, L8] = LOG;
const SQRT_HALF = fround(Math.SQRT1_2);
/** The logarithm of 2 in two parts, of which the first has few bits. */
const LN2_LOW = fround(-2.1219444e-4);
const LN2_HIGH = 0.693359375;

const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);

/** The logarithm of a float32 in (0, 1]. */
function log(u: number): number {
  float[0] = u;
  let exponent = (word[0] >>> 23) - 126;
  word[0] = (word[0] & 0x7fffff) | 0x3f000000;
  let x = float[0];
  if (x < SQRT_HALF) {
    exponent--;
    x = fround(fround(x - 1) + x);
  } else {
    x = fround(x - 1);
  }
  const z = fround(x * x);
  let y = fma(L0, x, L1);
  y = fma(y, x, L2);
  y = fma(y, x, L3);
  y = fma(y, x, L4);
  y = fma(y, x, L5);
  y = fma(y, x, L6);
  y = fma(y, x, L7);
  y = fma(y, x, L8);
  y = fround(y * x);
  y = fma(y, z, fround(exponent * LN2_LOW));
  y = fround(y - z * 0.5);
  return fma(exponent, LN2_HIGH, fround(x + y));
}

const FOUR_OVER_PI = fround(4 / Math.PI);
/** An eighth of a turn in three parts. */
const EIGHTH = [-0.78515625, -2.4187564849853515625e-4, -3.77489497744594108e-8].map(fround);
const [E0, E1, E2] = EIGHTH;
const [C0, C1, C2] = [2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2].map(fround);
const [S0, S1, S2] = [-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1].map(fround);

const TWO_PI = fround(2 * Math.PI);

/**
 * The normals of a pair of uniform float32 in [0, 1), with the radius of the first and the angle of the second, into
 * `out[at]` (the cosine) and `out[at + distance]` (the sine).
 */
export function boxMuller(
  first: number,
  second: number,
  mean: number,
  stddev: number,
  out: Float32Array,
  at: number,
  distance: number,
): void {
  const radius = fround(Math.sqrt(-2 * log(1 - first)));
  const theta = fround(TWO_PI * second);
  const octant = (Math.trunc(fround(theta * FOUR_OVER_PI)) + 1) & ~1;
  let x = fma(octant, E0, theta);
  x = fma(octant, E1, x);
  x = fma(octant, E2, x);
  const z = fround(x * x);
  let even = fma(C0, z, C1);
  even = fma(even, z, C2);
  even = fround(even * z);
  even = fround(fma(even, z, -0.5 * z) + 1);
  let odd = fma(S0, z, S1);
  odd = fma(odd, z, S2);
  odd = fma(fround(odd * z), x, x);
  const swap = (octant & 2) !== 0;
  const sine = (swap ? even : odd) * ((octant & 4) !== 0 ? -1 : 1);
  const cosine = (swap ? odd : even) * (((octant + 2) & 4) !== 0 ? -1 : 1);
  out[at] = fround(radius * cosine) * stddev + mean;
  out[at + distance] = fround(radius * sine) * stddev + mean;
}
