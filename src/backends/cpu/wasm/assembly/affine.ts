/**
 * Twin of src/arithmetic/affine_step.ts. A double holds offset + scale * x with some bits to spare. So
 * rounding the double to float32 gives the same as rounding once, unless the double lies too close to the
 * middle of two float32 numbers, or to zero. There the bits that the double lost could decide, and the few
 * such elements are computed in integers.
 */
import { evenLanes } from './lanes';
import { roundToFloat32 } from './float';
import { SCRATCH } from './scratch';

/** Memory that storeExact takes lanes from, because the number of a lane must be a literal. */
const INTEGERS: usize = memory.data(16, 16);

/** The integers of T = offset + scale * x, in two's complement with 128 bits. The value is T * 2^exponent. */
let offsetLo: u64 = 0;
let offsetHi: i64 = 0;
let scaleLo: u64 = 0;
let scaleHi: u64 = 0;
let exponent: i32 = 0;

/** Sets the integers of an Affine of the host. */
export function setAffine(offset0: u32, offset1: u32, offset2: i32, scale0: u32, scale1: u32, power: i32): void {
  offsetLo = (<u64>offset1 << 32) | offset0;
  offsetHi = offset2;
  scaleLo = scale0;
  scaleHi = scale1;
  exponent = power;
}

/**
 * Turns `count` integers i into the float32 bits of offset + scale * (i + shift).
 * @param small float32 results up to this size are computed in integers; none where it is negative
 * @param slack likewise the doubles that are at most so many units away from the middle of two float32
 *   numbers; none where it is -1
 */
export function affine(count: i32, shift: f64, offset: f64, scale: f64, small: f32, slack: i32): void {
  const shifts = f64x2.splat(shift), offsets = f64x2.splat(offset), scales = f64x2.splat(scale);
  // A double has 29 bits more than a float32. In the middle of two float32 numbers only the first of them is
  // set.
  const beyond = i32x4.splat(0x1fffffff), toSlack = i32x4.splat(0x10000000 + slack), slacks = i32x4.splat(2 * slack);
  const smalls = f32x4.splat(small);
  for (let at = SCRATCH; at < SCRATCH + 4 * count; at += 16) {
    const integers = v128.load(at);
    const low = sum(integers, shifts, offsets, scales);
    const high = sum(v128.shuffle<i32>(integers, integers, 2, 3, 0, 1), shifts, offsets, scales);
    const rounded = v128.shuffle<i64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
    const fromMiddle = v128.and(i32x4.add(evenLanes(low, high), toSlack), beyond);
    const doubtful = v128.or(i32x4.le_s(fromMiddle, slacks), f32x4.le(f32x4.abs(rounded), smalls));
    v128.store(at, rounded);
    if (v128.any_true(doubtful)) storeExact(at, integers, i32x4.bitmask(doubtful), <i64>shift);
  }
}

/** Stores the exact results of the lanes whose bits are set. */
function storeExact(at: usize, integers: v128, lanes: i32, shift: i64): void {
  v128.store(INTEGERS, integers);
  for (; lanes !== 0; lanes &= lanes - 1) {
    const lane = 4 * ctz(lanes);
    store<u32>(at + lane, exact(load<i32>(INTEGERS + lane) + shift));
  }
}

/** offset + scale * (i + shift) for the two lower lanes. */
// @ts-ignore: decorator
@inline
function sum(integers: v128, shift: v128, offset: v128, scale: v128): v128 {
  return f64x2.add(offset, f64x2.mul(scale, f64x2.add(f64x2.convert_low_i32x4_s(integers), shift)));
}

/** The same in integers, for |x| <= 2^32, rounded to float32 bits. */
function exact(x: i64): u32 {
  const magnitude: u64 = x < 0 ? -x : x;
  const upper = scaleHi * magnitude;
  let lo = scaleLo * magnitude;
  let hi: i64 = upper >> 32;
  const product = lo + (upper << 32);
  hi += i64(product < lo);
  lo = product;
  if (x < 0) {
    lo = -lo;
    hi = ~hi + i64(lo === 0);
  }
  lo += offsetLo;
  hi += offsetHi + i64(lo < offsetLo);
  const negative = hi < 0;
  if (negative) {
    lo = -lo;
    hi = ~hi + i64(lo === 0);
  }
  if (hi === 0) return roundToFloat32(negative, lo, exponent);
  // Of the bits below the upper 64 of these 96 only matters whether any is set.
  const sticky = u64((lo & 0xffffffff) !== 0);
  return roundToFloat32(negative, (<u64>hi << 32) | (lo >> 32) | sticky, exponent + 32);
}
