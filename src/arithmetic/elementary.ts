/**
 * Logarithm, sine and cosine in float64 by +, -, *, / and shifts of the exponent alone, so that every engine gives
 * the same bits; those of `Math` differ between engines. Errors are below 2^-50 of the value, and those of sines and
 * cosines below 2^-51.
 */

/** The logarithm of 2 as a number of 32 bits and the rest. */
const LN2_HIGH = 0xb17217f7 / 2 ** 32;
const LN2_LOW = 1.9082149292705877e-10;

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
const HIGH = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;

/**
 * The natural logarithm.
 * @param x a normal number > 0
 */
export function log(x: number): number {
  float[0] = x;
  let exponent = (words[HIGH] >>> 20) - 1023;
  words[HIGH] = (words[HIGH] & 0x000fffff) | 0x3ff00000;
  let m = float[0];
  if (m > Math.SQRT2) {
    m /= 2;
    exponent++;
  }
  // log(m) = 2 artanh(s), with |s| < 0.172.
  const s = (m - 1) / (m + 1);
  const z = s * s;
  let sum = 0;
  for (let n = 21; n >= 3; n -= 2) sum = (sum + 1 / n) * z;
  return exponent * LN2_HIGH + (2 * s + (2 * s * sum + exponent * LN2_LOW));
}

/** A quarter of a turn, in parts of 33 bits, so that multiples of them up to 2^20 are exact. */
const QUARTER = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21];

/**
 * Writes the sine and the cosine of an angle to `out[0]` and `out[1]`.
 * @param angle at most 2^20 quarters of a turn, of either sign
 */
export function sinCos(angle: number, out: Float64Array): void {
  const quarters = Math.round(angle / (Math.PI / 2));
  const r = angle - quarters * QUARTER[0] - quarters * QUARTER[1] - quarters * QUARTER[2];
  const z = r * r;
  let sine = 1;
  let cosine = 1;
  for (let n = 17; n >= 3; n -= 2) sine = 1 - (sine * z) / (n * (n - 1));
  for (let n = 18; n >= 2; n -= 2) cosine = 1 - (cosine * z) / (n * (n - 1));
  sine *= r;
  const swap = (quarters & 1) !== 0;
  out[0] = (swap ? cosine : sine) * ((quarters & 2) !== 0 ? -1 : 1);
  out[1] = (swap ? sine : cosine) * (((quarters + 1) & 2) !== 0 ? -1 : 1);
}

/**
 * The exponential function.
 * @param x in [-700, 700]
 */
export function exp(x: number): number {
  const n = Math.round(x / Math.LN2);
  const r = x - n * LN2_HIGH - n * LN2_LOW;
  let sum = 1;
  for (let k = 18; k >= 1; k--) sum = 1 + (sum * r) / k;
  return sum * 2 ** n;
}

/**
 * 1 - exp(-x), with its digits where it is small.
 * @param x >= 0
 */
export function oneMinusExp(x: number): number {
  if (x > 1) return 1 - exp(-Math.min(x, 700));
  let sum = 1;
  for (let k = 20; k >= 2; k--) sum = 1 - (sum * x) / k;
  return sum * x;
}

/** The error function, by Kummer's series. Beyond 6 it is 1 to the last bit. */
export function erf(x: number): number {
  if (!(Math.abs(x) < 6)) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 2 ** -54; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * exp(-x * x) * sum;
}

/** Polynomials for erfinv(y) / y, fitted with an error below 3 * 10^-12: in w - 3 over 3, and below in sqrt(w). */
const ERFINV_CENTRE = [
  1.623542006464565, 0.7248912124984852, -0.0516432169460838, -0.02257690797824012, 0.015799966125773765,
  -0.00309009065384969, -0.0012742815885202587, 0.000984117593007305, -0.00015548410569895922,
  -0.00010760735319598551, 6.57760714136102e-5, -5.577808881907586e-6, -9.534492625778077e-6,
  4.3266251431424324e-6, 3.726899301236041e-7, -7.92217993288346e-7, 6.596036725643852e-8,
  6.402166793101981e-8,
];
const ERFINV_TAIL = [
  3.1087638471105024, 0.8298089112207242, 0.0034742518389775817, -0.001975368135852419, 0.0010626923224010844,
  -0.000593787719825015, 0.00028178552218126703, -9.095079077499277e-5, 8.388106573185059e-6,
  1.0141351057687557e-5, -6.760835919611925e-6, 1.566288709914329e-6, 4.4497459356948336e-7,
  -2.7807466353732226e-7,
];
const TAIL_FROM = Math.sqrt(6);
const TAIL_TO = 4.1;

/**
 * The inverse of the error function, within 10^-11 of the value.
 * @param y a float32 in [-1, 1]
 */
export function erfinv(y: number): number {
  if (Math.abs(y) === 1) return y * Infinity;
  const w = -log((1 - y) * (1 + y));
  const [polynomial, t] =
    w < 6
      ? [ERFINV_CENTRE, (w - 3) / 3]
      : [ERFINV_TAIL, (Math.sqrt(w) - (TAIL_FROM + TAIL_TO) / 2) / ((TAIL_TO - TAIL_FROM) / 2)];
  return y * polynomial.reduceRight((sum, coefficient) => sum * t + coefficient, 0);
}
