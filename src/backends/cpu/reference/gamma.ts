/** Twin of shaders/kernels/gamma.wgsl. */
import { boxMuller } from '../../../arithmetic/box_muller';
import { exp2Digits } from '../../../arithmetic/exp2';
import { roundToFloat32 } from '../../../arithmetic/float';
import { logTail, minusLogDigits, minusLogFixed, normalizedWord } from '../../../arithmetic/log';
import { mulHi, mulHiTruncated } from '../../../arithmetic/mul';
import type { DrawBlock } from '../../../distributions/foreign';
import type { KeyWords } from '../../../distributions/key_words';
import type { ParametersOf } from '../../../distributions/parameters';
import { streamBlock } from '../../../streams/stream';

const ONE = 0x40000000; // 30 fractional bits
const EIGHTH = 0x8000000;

const high = (a: number, b: number): number => mulHiTruncated(a, b) >>> 0;

export function gamma(params: ParametersOf<'gamma'>, key: KeyWords): DrawBlock {
  const { c, cShift, quartic, triple, scale, exponent, power, powerPlaces } = params;
  const normals = new Int32Array(4);
  const pair = new Int32Array(2);
  const words = new Uint32Array(4);
  const digits = new Uint32Array(1);

  /** |x| of a normal. */
  const offset = (z: number): number => high(2 * Math.abs(z), c) >>> cShift;

  /** 1 + x, or 0 where that is not positive. */
  const baseOf = (z: number, x: number): number => (z < 0 ? ONE - Math.min(x, ONE) : ONE + x);

  /** Whether the exponential deviate of a word, or the word itself, accepts a normal. */
  const accepts = (z: number, x: number, y: number, w: number): boolean => {
    if (y === 0) return false;
    const squared = high(2 * Math.abs(z), 2 * Math.abs(z));
    const h = high(high(squared, squared), quartic);
    const bound = Math.min(h, 0x4000000);
    if (~w >>> 6 > 2 * bound + (bound >>> 1)) return true;
    const e = minusLogFixed(normalizedWord(w), Math.clz32(w)) >>> 1;
    return e >= (x > EIGHTH ? far(z < 0, x, y) : near(z < 0, x, h));
  };

  const near = (negative: boolean, x: number, h: number): number => {
    const minusX = negative ? x >>> 12 : -(x >>> 12);
    return 2 * high(h, 0x80000000 + (Math.imul(logTail(minusX), minusX) >> 18) * 0x8000);
  };

  const far = (negative: boolean, x: number, y: number): number => {
    const squared = high(x, x);
    const odd = (x >>> 4) + high(high(squared, x), 0x55555555);
    const n = Math.clz32(y);
    const log = (((minusLogFixed((y << n) >>> 0, n - 2) + 0x10000000) >>> 0) >>> 1) - 0x8000000;
    const third = Math.max((negative ? -odd : odd) - (squared >>> 3) + log, 0);
    const top = high(third, triple);
    return top >= 0x400000 ? 0xffffffff : (top * 1024 + (Math.imul(third, triple) >>> 22)) >>> 0;
  };

  const element = (y: number, w: number): number => {
    const n = Math.clz32(y);
    const base = y << n;
    let m = high(high(base, base), base);
    let places = -26 - 3 * n;
    if (power !== 0) {
      const shift = minusLogDigits(w, digits) + powerPlaces - 32;
      const hi = high(digits[0], power);
      const lo = Math.imul(digits[0], power);
      const long = shift >= 32;
      const fraction = -(long ? hi >>> shift : (lo >>> shift) | (hi << (32 - shift))) >>> 0;
      const whole = long ? 0 : hi >>> shift;
      m = high(m, exp2Digits(fraction));
      places += ~whole + (fraction === 0 ? 1 : 0) + 1;
    }
    return roundToFloat32(false, mulHi(m, scale), Math.imul(m, scale) >>> 0, places + exponent);
  };

  return (lo, hi, out) => {
    streamBlock(key, lo, hi, 0, out);
    boxMuller(out[0], out[1], normals, 0);
    boxMuller(out[2], out[3], normals, 2);
    streamBlock(key, lo, hi, 1, out);
    for (let lane = 0; lane < 4; lane++) {
      let z = normals[lane];
      let x = offset(z);
      let y = baseOf(z, x);
      let w = out[lane];
      for (let attempt = 2; !accepts(z, x, y, w); attempt += 2) {
        streamBlock(key, lo, hi, attempt, words);
        boxMuller(words[lane & 2], words[(lane & 2) + 1], pair, 0);
        z = pair[lane & 1];
        x = offset(z);
        y = baseOf(z, x);
        streamBlock(key, lo, hi, attempt + 1, words);
        w = words[lane];
      }
      normals[lane] = y;
    }
    if (power !== 0) streamBlock(key, lo, hi, 0xffffffff, words);
    for (let lane = 0; lane < 4; lane++) out[lane] = element(normals[lane] >>> 0, words[lane]);
  };
}
