/** Twin of src/arithmetic/float.ts. */
import { splat } from './constant';
import { SCRATCH } from './scratch';

/** The float32 bits of (-1)^negative * value * 2^exponent, rounded to nearest, ties to even. */
export function roundToFloat32(negative: bool, value: u64, exponent: i32): u32 {
  if (value === 0) return 0;
  const sign: u32 = negative ? 0x80000000 : 0;
  const n = <i32>clz(value);
  const top = value << n;
  const leading = exponent + 63 - n;
  // Below the smallest normal number the unit no longer shrinks.
  const drop = 40 + (leading < -126 ? -126 - leading : 0);
  if (drop > 64) return sign;
  const mantissa = drop === 64 ? 0 : <u32>(top >> drop);
  const remainder = drop === 64 ? top : top << (64 - drop);
  const up = u32(remainder > 1 << 63 || (remainder === 1 << 63 && (mantissa & 1) === 1));
  const field = leading < -126 ? 0 : <u32>(leading + 126) << 23;
  return sign | (field + mantissa + up);
}

const FLOAT16_SIGN = memory.data<u32>([0x8000]);
const MAGNITUDE = memory.data<u32>([0x7fffffff]);
/**
 * Turns the exponent of a float32 into that of a float16, and adds almost half of the last bit that stays.
 */
const REBIAS_AND_ROUND = memory.data<u32>([0xc8000fff]);
const INFINITY = memory.data<u32>([0x7c00]);
const SMALLEST_NORMAL = memory.data<u32>([0x38800000]);
const HALF = memory.data<u32>([0x3f000000]);
const ONE = memory.data<u32>([1]);
const ALMOST_HALF_UNIT = memory.data<u32>([0x7fff]);

/** Turns the bits of `count` float32 numbers, a multiple of 8, into those of float16. */
export function toFloat16(count: i32): void {
  for (let done = 0; done < count; done += 8) {
    const from = SCRATCH + 4 * done;
    v128.store(SCRATCH + 2 * done, i16x8.narrow_i32x4_u(float16(v128.load(from)), float16(v128.load(from, 16))));
  }
}

// @ts-ignore: decorator
@inline
function float16(bits: v128): v128 {
  const magnitude = v128.and(bits, splat(MAGNITUDE));
  const even = v128.and(i32x4.shr_u(magnitude, 13), splat(ONE));
  const rounded = i32x4.shr_u(i32x4.add(i32x4.add(magnitude, splat(REBIAS_AND_ROUND)), even), 13);
  // From 1/2 to 1, float32 numbers are multiples of 2^-24, as subnormal float16 numbers are.
  const subnormal = i32x4.sub(f32x4.add(magnitude, splat(HALF)), splat(HALF));
  const isNormal = i32x4.ge_s(magnitude, splat(SMALLEST_NORMAL));
  const sign = v128.and(i32x4.shr_u(bits, 16), splat(FLOAT16_SIGN));
  return v128.or(sign, v128.bitselect(i32x4.min_s(rounded, splat(INFINITY)), subnormal, isNormal));
}

/** Turns the bits of `count` float32 numbers, a multiple of 8, into those of bfloat16. */
export function toBfloat16(count: i32): void {
  for (let done = 0; done < count; done += 8) {
    const from = SCRATCH + 4 * done;
    v128.store(SCRATCH + 2 * done, i16x8.narrow_i32x4_u(bfloat16(v128.load(from)), bfloat16(v128.load(from, 16))));
  }
}

// @ts-ignore: decorator
@inline
function bfloat16(bits: v128): v128 {
  const even = v128.and(i32x4.shr_u(bits, 16), splat(ONE));
  return i32x4.shr_u(i32x4.add(i32x4.add(bits, splat(ALMOST_HALF_UNIT)), even), 16);
}
