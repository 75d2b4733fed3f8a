/** The twin of shaders/operations/gumbel.wgsl. */
import { minusLogDigits, minusLogFixed } from '../../arithmetic/log';

const digits = new Uint32Array(1);

/** The standard Gumbel deviate of a word, -ln(-ln u) with u = (w + 1/2) / 2^32, with 26 fractional bits. */
export function gumbel(w: number): number {
  const places = minusLogDigits(w, digits);
  return (((minusLogFixed(digits[0], places - 32) + 0x20000000) >>> 0) >>> 1) - 0x10000000;
}
