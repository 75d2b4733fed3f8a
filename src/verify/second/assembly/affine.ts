/**
 * The affine step: T = offset + scale * x in integers, exactly, and then one rounding. Where T fits in 64 bits, the
 * processor's conversion to float32 is that rounding, because the power of two that is left changes no digit.
 */
import { upperHalf } from './box_muller';
import { lowerWords, upperWords } from './philox';
import { SCRATCH } from './scratch';

/** The integers of T, in two's complement with 128 bits. The value is T * 2^exponent. */
let offsetLo: u64 = 0;
let offsetHi: i64 = 0;
let scaleLo: u32 = 0;
let scaleHi: u32 = 0;
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
 * Turns `count` signed integers i, a multiple of 4, into the float32 bits of the map of i + shift, where there is no
 * offset, the scale has 24 bits, and no result is below the normal numbers.
 */
export function scaled(count: i32, shift: f64): void {
  const scale = i32x4.splat(scaleLo), isSigned = shift === 0;
  const unit = f64x2.splat(reinterpret<f64>(<u64>(1023 + exponent) << 52));
  const unitOfUpper = f64x2.mul(unit, f64x2.splat(4294967296.0));
  const half = i32x4.splat(0x80000000), seven = i32x4.splat(7);
  const manyBits = i32x4.splat(1 << 21);
  for (let at = SCRATCH; at < SCRATCH + 4 * count; at += 16) {
    const i = v128.load(at);
    // With a shift, which is 2^31, the sums are unsigned words.
    const x = isSigned ? i32x4.abs(i) : v128.xor(i, half);
    const low = i64x2.extmul_low_i32x4_u(x, scale), high = i64x2.extmul_high_i32x4_u(x, scale);
    const upper = upperWords(low, high), all = lowerWords(low, high);
    // T has up to 56 bits, and a double 53. So of the lowest three of more than 53 only stays whether any is set.
    const fewer = v128.andnot(v128.or(all, i32x4.add(v128.and(all, seven), seven)), seven);
    const lower = v128.bitselect(fewer, all, i32x4.ge_s(upper, manyBits));
    const first = f64x2.add(
      f64x2.mul(f64x2.convert_low_i32x4_s(upper), unitOfUpper),
      f64x2.mul(f64x2.convert_low_i32x4_u(lower), unit),
    );
    const second = f64x2.add(
      f64x2.mul(f64x2.convert_low_i32x4_s(upperHalf(upper)), unitOfUpper),
      f64x2.mul(f64x2.convert_low_i32x4_u(upperHalf(lower)), unit),
    );
    const size = v128.shuffle<u64>(f32x4.demote_f64x2_zero(first), f32x4.demote_f64x2_zero(second), 0, 2);
    v128.store(at, isSigned ? v128.or(size, v128.and(i, half)) : size);
  }
}

/** Turns `count` signed integers i into the float32 bits of the map of i + shift, where each T fits in 64 bits. */
export function affineNarrow(count: i32, shift: f64): void {
  const scale = <i64>scaleLo, power = exponent;
  const offset = <i64>offsetLo + scale * <i64>shift;
  for (let at = SCRATCH; at < SCRATCH + 4 * count; at += 4) {
    store<u32>(at, round(offset + scale * load<i32>(at), power));
  }
}

/** The same for all others, and |i + shift| <= 2^32. */
export function affineWide(count: i32, shift: f64): void {
  for (let at = SCRATCH; at < SCRATCH + 4 * count; at += 4) {
    store<u32>(at, wide(load<i32>(at) + <i64>shift));
  }
}

function wide(x: i64): u32 {
  const size: u64 = abs(x);
  const upper = scaleHi * size;
  let lo = scaleLo * size + (upper << 32);
  let hi = <i64>(upper >> 32) + i64(lo < upper << 32);
  if (x < 0) {
    hi = ~hi + i64(lo === 0);
    lo = -lo;
  }
  lo += offsetLo;
  hi += offsetHi + i64(lo < offsetLo);
  if (hi === <i64>lo >> 63) return round(<i64>lo, exponent);
  // Of the lowest 32 of these 96 bits only matters whether any is set.
  return round((hi << 32) | <i64>(lo >> 32) | i64(<u32>lo !== 0), exponent + 32);
}

/** The float32 bits of t * 2^power, rounded to nearest, ties to even. */
// @ts-ignore: decorator
@inline
function round(t: i64, power: i32): u32 {
  const digits = reinterpret<u32>(<f32>t);
  if (<i32>((digits >> 23) & 0xff) + power <= 0) return subnormal(t, power);
  return digits + (<u32>power << 23);
}

/** The same where the result is below the normal numbers, or zero. */
function subnormal(t: i64, power: i32): u32 {
  if (t === 0) return 0;
  const sign: u32 = t < 0 ? 0x80000000 : 0;
  const size: u64 = abs(t);
  // Subnormal numbers count in units of 2^-149.
  const drop = -149 - power;
  if (drop <= 0) return sign | <u32>(size << -drop);
  if (drop >= 64) return sign;
  const below = size >> drop;
  const rest = size << (64 - drop);
  const up = rest > 1 << 63 || (rest === 1 << 63 && (below & 1) === 1);
  return sign | (<u32>below + u32(up));
}
