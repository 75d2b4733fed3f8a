/**
 * Logarithm, sine and cosine in float64 by +, -, *, / and shifts of the exponent alone, so that every engine gives
 * the same bits; those of `Math` differ between engines. Errors are below 2^-50 of the value.
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

/** A quarter of a turn, in parts of 33 bits, so that their small multiples are exact. */
const QUARTER = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21];

/**
 * Writes the sine and the cosine of an angle to `out[0]` and `out[1]`.
 * @param angle in [0, 8]
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
