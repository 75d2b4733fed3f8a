/** The twin of shaders/operations/score.wgsl and logits.wgsl. */
import { mulHi } from '../../arithmetic/mul';
import { float32Bits } from '../../core/bit_pattern';
import { ArgumentError, show } from '../../core/errors';

const MINUS_INFINITY = 0xff800000;

/** 1 / T as scale * 2^exponent, with an integer scale in [2^31, 2^32), and what bounds of scores need. */
export interface Temperature {
  /** Whether T is 0: the largest logit wins. */
  readonly greedy: boolean;
  readonly scale: number;
  readonly exponent: number;
  readonly inverse: number;
  /** The float32 bits of a logit from which on its score is 2^22 or more, which bounds do not cover. */
  readonly unsure: number;
}

const LEAST = 1e-9;
const MOST = 1e9;

/** @throws ArgumentError unless T is 0 or in [1e-9, 1e9] */
export function temperatureOf(value: unknown): Temperature {
  if (typeof value !== 'number' || !(value === 0 || (value >= LEAST && value <= MOST)))
    throw new ArgumentError(`temperature must be 0, or a number in [1e-9, 1e9], got ${show(value)}`);
  if (value === 0) return { greedy: true, scale: 0, exponent: 0, inverse: 0, unsure: 0 };
  const inverse = 1 / value;
  let exponent = -62;
  // Products with powers of two are exact.
  while (Math.round(inverse * 2 ** -exponent) >= 2 ** 32) exponent++;
  return {
    greedy: false,
    scale: Math.round(inverse * 2 ** -exponent),
    exponent,
    inverse,
    unsure: float32Bits(2 ** 22 * value),
  };
}

/** Whether a logit, as float32 bits, may be chosen. NaN and minus infinity may not. */
export function eligible(bits: number): boolean {
  return (bits & 0x7fffffff) <= 0x7f800000 && bits !== MINUS_INFINITY;
}

/**
 * The score of an eligible logit as a signed integer of 64 bits with 26 fractional bits, to `out[0]` (low) and
 * `out[1]`.
 */
export function score(bits: number, { scale, exponent }: Temperature, out: Uint32Array): void {
  const field = (bits >>> 23) & 0xff;
  const digits = (bits & 0x7fffff) | (field === 0 ? 0 : 0x800000);
  const shift = Math.max(field, 1) - 150 + exponent + 26;
  let lo = Math.imul(digits, scale) >>> 0;
  let hi = mulHi(digits, scale);
  if (shift > 6) {
    hi = 0x20000000;
    lo = 0;
  } else if (shift > 0) {
    hi = (hi << shift) | (lo >>> (32 - shift));
    lo <<= shift;
  } else if (shift < 0) {
    const right = Math.min(-shift, 63);
    lo = right >= 32 ? hi >>> (right - 32) : (lo >>> right) | (hi << (32 - right));
    hi = right >= 32 ? 0 : hi >>> right;
  }
  if (hi >= 0x20000000) {
    hi = field === 255 ? 0x40000000 : 0x20000000;
    lo = 0;
  }
  out[0] = lo;
  out[1] = hi;
  if (bits >>> 31 === 0) return;
  out[0] = -lo;
  out[1] = ~hi + (lo === 0 ? 1 : 0);
}

/** A signed integer that orders eligible logits as the numbers that they are. Both zeros have the same. */
export function order(bits: number): number {
  const magnitude = bits & 0x7fffffff;
  return bits >>> 31 === 1 ? -magnitude : magnitude;
}

/** The float32 bits of a float16, NaN and subnormals included. */
export function float16ToFloat32(half: number): number {
  const sign = ((half & 0x8000) << 16) >>> 0;
  const magnitude = half & 0x7fff;
  if (magnitude < 0x400) return (sign | float32Bits(magnitude * 2 ** -24)) >>> 0;
  return (sign | (magnitude * 0x2000 + (magnitude >= 0x7c00 ? 0x70000000 : 0x38000000))) >>> 0;
}
