/** The twin of shaders/shared/affine.wgsl. */
import type { Affine } from './affine_map';
import { float32Bits } from './round';
import { roundToFloat32 } from './float';
import { mulHi } from './mul';

/** The float32 bits of (offset + scale * (-1)^negative * x) * 2^exponent, rounded once. */
export function affine(a: Affine, negative: boolean, x: number): number {
  if (a.offsetBits === 0) return scaled(a, negative, x);
  return a.offsetBits === 64 ? affine64(a, negative, x) : affine96(a, negative, x);
}

function scaled(a: Affine, negative: boolean, x: number): number {
  if (x === 0) return 0;
  const n = Math.clz32(x);
  return (scaledDigits(a, x << n, n) | (negative ? 0x80000000 : 0)) >>> 0;
}

function scaledDigits(a: Affine, digits: number, n: number): number {
  const scale = a.scale[0] << 6;
  const product = mulHi(digits, scale);
  const halfUnit = product >= 0x20000000 ? 32 : 16;
  const below = 2 * halfUnit - 1;
  const tie = (product & below) === halfUnit && Math.imul(digits, scale) === 0;
  const rounded = (product + halfUnit) & ~(tie ? 2 * below + 1 : below);
  return float32Bits(rounded) + ((a.exponent + 26 - n) << 23);
}

/**
 * The float32 bits of scale * digits * 2^(exponent - n), rounded once, where there is no offset, for digits in
 * [2^31, 2^32).
 */
export function multiple(a: Affine, digits: number, n: number): number {
  if (a.offsetBits === 0) return scaledDigits(a, digits, n);
  const lo = Math.imul(a.scale[0], digits) >>> 0;
  return roundToFloat32(false, mulHi(a.scale[0], digits), lo, a.exponent - n);
}

function affine64(a: Affine, negative: boolean, x: number): number {
  let lo = Math.imul(a.scale[0], x) >>> 0;
  let hi = mulHi(a.scale[0], x);
  if (negative) {
    lo = -lo >>> 0;
    hi = (~hi + (lo === 0 ? 1 : 0)) >>> 0;
  }
  lo = (lo + a.offset[0]) >>> 0;
  hi = (hi + a.offset[1] + (lo < a.offset[0] ? 1 : 0)) >>> 0;
  const totalNegative = hi >>> 31 === 1;
  if (totalNegative) {
    lo = -lo >>> 0;
    hi = (~hi + (lo === 0 ? 1 : 0)) >>> 0;
  }
  return roundToFloat32(totalNegative, hi, lo, a.exponent);
}

function affine96(a: Affine, negative: boolean, x: number): number {
  let lo = Math.imul(a.scale[0], x) >>> 0;
  const upper = Math.imul(a.scale[1], x) >>> 0;
  let mid = (mulHi(a.scale[0], x) + upper) >>> 0;
  let hi = (mulHi(a.scale[1], x) + (mid < upper ? 1 : 0)) >>> 0;
  if (negative) {
    lo = -lo >>> 0;
    mid = (~mid + (lo === 0 ? 1 : 0)) >>> 0;
    hi = (~hi + (lo === 0 && mid === 0 ? 1 : 0)) >>> 0;
  }
  lo = (lo + a.offset[0]) >>> 0;
  const carry = lo < a.offset[0] ? 1 : 0;
  const sum = (mid + a.offset[1]) >>> 0;
  const overflow = sum < mid ? 1 : 0;
  mid = (sum + carry) >>> 0;
  hi = (hi + a.offset[2] + overflow + (mid < sum ? 1 : 0)) >>> 0;
  const totalNegative = hi >>> 31 === 1;
  if (totalNegative) {
    lo = -lo >>> 0;
    mid = (~mid + (lo === 0 ? 1 : 0)) >>> 0;
    hi = (~hi + (lo === 0 && mid === 0 ? 1 : 0)) >>> 0;
  }
  if (hi === 0) return roundToFloat32(totalNegative, mid, lo, a.exponent);
  return roundToFloat32(totalNegative, hi, (mid | (lo !== 0 ? 1 : 0)) >>> 0, a.exponent + 32);
}
