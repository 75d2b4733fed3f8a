/**
 * Rounding by definition, over exact rationals: the slow oracle of the integer code.
 * Independent of src/: it compares exact distances to the two neighbouring floats.
 */

/** num / den, den > 0. */
export interface Rational {
  readonly num: bigint;
  readonly den: bigint;
}

/** The exact value of a finite double. */
export function exact(value: number): Rational {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const field = Number((bits >> 52n) & 0x7ffn);
  const mantissa = (bits & 0xfffffffffffffn) | (field === 0 ? 0n : 1n << 52n);
  const num = bits >> 63n ? -mantissa : mantissa;
  return scaled({ num, den: 1n }, Math.max(field, 1) - 1075);
}

/** value * 2^exponent */
export function scaled({ num, den }: Rational, exponent: number): Rational {
  return exponent >= 0 ? { num: num << BigInt(exponent), den } : { num, den: den << BigInt(-exponent) };
}

export function plus(a: Rational, b: Rational): Rational {
  return { num: a.num * b.den + b.num * a.den, den: a.den * b.den };
}

export function times(a: Rational, b: Rational): Rational {
  return { num: a.num * b.num, den: a.den * b.den };
}

/**
 * The pattern nearest to `value` among those of a binary format, ties to the even pattern.
 * @param bits width of the pattern; @param mantissa stored bits of its significand
 */
export function nearest(value: Rational, bits: number, mantissa: number): number {
  const negative = value.num < 0n;
  const target = { num: negative ? -value.num : value.num, den: value.den };
  const bias = 2 ** (bits - mantissa - 2) - 1;
  const magnitudeOf = (pattern: number): Rational => {
    const field = Math.floor(pattern / 2 ** mantissa);
    const fraction = BigInt(pattern % 2 ** mantissa) + (field === 0 ? 0n : 1n << BigInt(mantissa));
    return scaled({ num: fraction, den: 1n }, Math.max(field, 1) - bias - mantissa);
  };
  // Patterns of non-negative floats are ordered as their values are.
  let below = 0;
  let above = 2 ** (bits - 1) - 2 ** mantissa; // infinity, standing for the next power of two
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if (compare(magnitudeOf(middle), target) <= 0) below = middle;
    else above = middle;
  }
  const down = distance(target, magnitudeOf(below));
  const up = distance(magnitudeOf(above), target);
  const order = compare(down, up);
  const chosen = order < 0 || (order === 0 && below % 2 === 0) ? below : above;
  return negative ? chosen + 2 ** (bits - 1) : chosen;
}

function compare(a: Rational, b: Rational): number {
  const left = a.num * b.den;
  const right = b.num * a.den;
  return left < right ? -1 : left > right ? 1 : 0;
}

function distance(a: Rational, b: Rational): Rational {
  return plus(a, { num: -b.num, den: b.den });
}
