import type { Affine } from '../../../arithmetic/affine_map';

/** An affine map as doubles, and the bounds within which they cannot be trusted; see ./assembly/affine.ts. */
export interface Doubles {
  readonly offset: number;
  readonly scale: number;
  readonly small: number;
  readonly slack: number;
}

/**
 * The smallest normal float32. Smaller numbers have fewer bits, so the middles between them lie elsewhere.
 */
const SMALLEST_NORMAL = 2 ** -126;

/** @param reach the largest |x| that occurs */
export function doublesOf(affine: Affine, reach: number): Doubles {
  const offset = integer(affine.offset);
  const scale = integer([...affine.scale, 0]);
  const unit = 2 ** affine.exponent;
  const doubles = { offset: Number(offset) * unit, scale: Number(scale) * unit };
  if (isExact(offset, scale, reach)) return { ...doubles, small: -1, slack: -1 };
  // The two parameters, the product and the sum are each rounded, by at most 2^-53 of their size.
  if (offset === 0n) return { ...doubles, small: SMALLEST_NORMAL, slack: 4 };
  // Together the errors are below 2^-51 of `most`. Where the sum is above 2^-10 of `most`, its own unit is
  // above 2^-63 of `most`, so the errors are less than 2^12 units.
  const most = Math.abs(doubles.offset) + doubles.scale * reach;
  return {
    ...doubles,
    small: Math.max(SMALLEST_NORMAL, 2 ** (Math.ceil(Math.log2(most)) - 10)),
    slack: 2 ** 13,
  };
}

/** Whether doubles hold every product and every sum exactly. */
function isExact(offset: bigint, scale: bigint, reach: number): boolean {
  let unit = 1n;
  while ((offset | scale) % (2n * unit) === 0n) unit *= 2n;
  return Math.abs(Number(offset / unit)) + Number(scale / unit) * reach <= 2 ** 53;
}

function integer([lo, mid, hi]: readonly number[]): bigint {
  return BigInt.asIntN(96, (BigInt(hi) << 64n) | (BigInt(mid) << 32n) | BigInt(lo));
}
