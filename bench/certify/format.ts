import type { FloatDtype } from '../../src/core/dtype';

/** Which numbers an element can be, and which reals are rounded to which of them. */
export interface Format {
  /** The smallest element value >= x. */
  up(x: number): number;
  /** The largest element value < v, and the smallest > v, for an element value v. */
  before(v: number): number;
  after(v: number): number;
  nearest(x: number): number;
  /** Reals from here on are rounded to the element value v or to larger ones. */
  boundary(v: number): number;
}

/** Elements of double precision, whose rounding nobody can see. */
export const REALS: Format = {
  up: (x) => x,
  before: (v) => v,
  after: (v) => v,
  nearest: (x) => x,
  boundary: (v) => v,
};

/** Precision in bits, and the exponent of the smallest normal number. */
const SIZES: Record<FloatDtype, readonly [number, number]> = {
  float32: [24, -126],
  float16: [11, -14],
  bfloat16: [8, -126],
};

/**
 * The numbers of a dtype, rounded to nearest even. Written without the library's own rounding,
 * which is under test. Halves are rounded twice, to float32 and then to the half: an end that
 * lies midway between two halves is itself a float32 number, and goes with all that is rounded to it.
 */
export function formatOf(dtype: FloatDtype): Format {
  const float32 = floatFormat(...SIZES.float32);
  return dtype === 'float32' ? float32 : roundedTwice(floatFormat(...SIZES[dtype]), float32);
}

function roundedTwice(half: Format & Parity, float32: Format): Format {
  const boundary = (v: number): number => {
    const middle = half.boundary(v);
    return float32.boundary(half.isEven(v) ? middle : float32.after(middle));
  };
  return { ...half, boundary };
}

interface Parity {
  /** Whether the last bit of v's significand is 0. */
  isEven(v: number): boolean;
}

function floatFormat(precision: number, smallest: number): Format & Parity {
  /** The distance of neighbours at x, away from 0. */
  const spacing = (x: number): number => powerOfTwo(Math.max(exponent(x), smallest) - precision + 1);
  const up = (x: number): number => Math.ceil(x / spacing(x)) * spacing(x);
  const after = (v: number): number => (v < 0 ? -before(-v) : v + spacing(v));
  const before = (v: number): number => {
    if (v <= 0) return v - spacing(v);
    const below = v - spacing(v) / 2;
    // Below a power of two neighbours are nearer.
    return exponent(below) < exponent(v) && exponent(v) > smallest ? below : v - spacing(v);
  };
  const isEven = (v: number): boolean => (v / spacing(v)) % 2 === 0;
  return {
    up,
    before,
    after,
    isEven,
    nearest(x) {
      const above = up(x);
      const below = before(above);
      const distance = above - x - (x - below);
      return distance < 0 || (distance === 0 && isEven(above)) || above === x ? above : below;
    },
    boundary: (v) => (before(v) + v) / 2,
  };
}

const float64 = new Float64Array(1);
const words = new Uint32Array(float64.buffer);

/** The exponent of the largest power of two <= |x|, far below every format's for 0. */
function exponent(x: number): number {
  float64[0] = x;
  return ((words[1] >>> 20) & 0x7ff) - 1023;
}

/** 2^e for the exponents of normal numbers; `2 ** e` takes five times as long. */
function powerOfTwo(e: number): number {
  words[0] = 0;
  words[1] = (e + 1023) << 20;
  return float64[0];
}
