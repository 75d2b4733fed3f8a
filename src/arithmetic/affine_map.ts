import { float32Bits } from './round';

/**
 * The map x -> (offset + scale * x) * 2^exponent for an integer x, in words of 32 bits. The offset is in
 * two's complement. The host computes these words for shaders/shared/affine.wgsl.
 */
export interface Affine {
  /** The width of the offset, which decides how the map is computed. It is OFFSET_BITS in the shader. */
  readonly offsetBits: 0 | 64 | 96;
  readonly offset: readonly [lo: number, mid: number, hi: number];
  readonly scale: readonly [lo: number, hi: number];
  readonly exponent: number;
}

/** The exact number significand * 2^exponent. */
interface Dyadic {
  significand: bigint;
  exponent: number;
}

/** Numbers below this bound leave room for a sum in 64 bits. */
const NARROW = 1n << 62n;

/** The exponent of the smallest normal float32. */
const SMALLEST_NORMAL = -126;

/**
 * The affine map x -> offset + (scale * 2^-fraction) * x for |x| < 2^32, where `scale` is the difference
 * `minuend - subtrahend` of two float32 numbers.
 *
 * The map is exact, unless offset and scale are so far apart that 96 bits cannot hold both. Then both are
 * first rounded to multiples of 2^(X - 94), ties to even, where 2^X is the smallest power of two above
 * |offset| and above scale * 2^(32 - fraction).
 */
export function affineMap(offset: number, minuend: number, subtrahend: number, fraction: number): Affine {
  const a = dyadic(offset);
  const difference = subtract(dyadic(minuend), dyadic(subtrahend));
  const b = { significand: difference.significand, exponent: difference.exponent - fraction };

  if (a.significand === 0n && bitLength(b) <= 24) {
    const shift = 24 - bitLength(b);
    const exponent = b.exponent - shift;
    if (exponent + 23 >= SMALLEST_NORMAL) return integers(0, 0n, b.significand << BigInt(shift), exponent);
  }
  const common = reduce(a, b);
  if (abs(common.a) < NARROW && common.b < 1n << 32n && common.b << 32n < NARROW) {
    return integers(64, common.a, common.b, common.exponent);
  }
  const exponent = Math.max(bitLength(a) + a.exponent, bitLength(b) + b.exponent + 32) - 94;
  return integers(96, toMultiple(a, exponent), toMultiple(b, exponent), exponent);
}

/** Both numbers divided by their largest common power of two. */
function reduce(a: Dyadic, b: Dyadic): { a: bigint; b: bigint; exponent: number } {
  const nonZero = [a, b].filter((d) => d.significand !== 0n).map((d) => d.exponent);
  const exponent = nonZero.length > 0 ? Math.min(...nonZero) : 0;
  return { a: toMultiple(a, exponent), b: toMultiple(b, exponent), exponent };
}

function integers(offsetBits: Affine['offsetBits'], a: bigint, b: bigint, exponent: number): Affine {
  const word = (value: bigint, index: bigint): number => Number((value >> (32n * index)) & 0xffffffffn);
  return {
    offsetBits,
    offset: [word(a, 0n), word(a, 1n), word(a, 2n)],
    scale: [word(b, 0n), word(b, 1n)],
    exponent,
  };
}

/** A float32 number with its trailing zeros moved into the exponent. */
function dyadic(value: number): Dyadic {
  const bits = float32Bits(value);
  const field = (bits >>> 23) & 0xff;
  const mantissa = BigInt(field === 0 ? bits & 0x7fffff : (bits & 0x7fffff) | 0x800000);
  return normalize({ significand: bits >>> 31 ? -mantissa : mantissa, exponent: Math.max(field, 1) - 150 });
}

function subtract(a: Dyadic, b: Dyadic): Dyadic {
  const exponent = Math.min(a.exponent, b.exponent);
  return normalize({ significand: toMultiple(a, exponent) - toMultiple(b, exponent), exponent });
}

function normalize(d: Dyadic): Dyadic {
  let { significand, exponent } = d;
  if (significand === 0n) return { significand, exponent: 0 };
  for (; (significand & 1n) === 0n; significand >>= 1n) exponent++;
  return { significand, exponent };
}

/** Returns d / 2^exponent, rounded to the nearest integer, ties to even. */
function toMultiple(d: Dyadic, exponent: number): bigint {
  const shift = d.exponent - exponent;
  if (shift >= 0) return d.significand << BigInt(shift);
  const drop = BigInt(-shift);
  const floor = d.significand >> drop;
  const remainder = d.significand - (floor << drop);
  const half = 1n << (drop - 1n);
  return remainder > half || (remainder === half && (floor & 1n) === 1n) ? floor + 1n : floor;
}

function bitLength(d: Dyadic): number {
  return d.significand === 0n ? -Infinity : abs(d.significand).toString(2).length;
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}
