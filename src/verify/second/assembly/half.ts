/** Rounds `count` float32 patterns, a multiple of 4, to those of 16-bit floats, to nearest, ties to even. */
import { SCRATCH } from './scratch';

export function toBfloat16(count: i32): void {
  for (let at = SCRATCH; at < SCRATCH + 4 * count; at += 16) {
    const bits = v128.load(at);
    const odd = v128.and(i32x4.shr_u(bits, 16), i32x4.splat(1));
    v128.store(at, i32x4.shr_u(i32x4.add(i32x4.add(bits, odd), i32x4.splat(0x7fff)), 16));
  }
}

export function toFloat16(count: i32): void {
  for (let at = SCRATCH; at < SCRATCH + 4 * count; at += 16) {
    const bits = v128.load(at);
    const sign = v128.and(i32x4.shr_u(bits, 16), i32x4.splat(0x8000));
    const size = v128.and(bits, i32x4.splat(0x7fffffff));
    const odd = v128.and(i32x4.shr_u(size, 13), i32x4.splat(1));
    const less = i32x4.sub(size, i32x4.splat(0x38000000 - 0xfff));
    const normal = i32x4.min_s(i32x4.shr_s(i32x4.add(less, odd), 13), i32x4.splat(0x7c00));
    // Below 2^-14 float16 counts in units of 2^-24.
    const units = f32x4.nearest(f32x4.mul(size, f32x4.splat(16777216.0)));
    const isNormal = i32x4.ge_s(size, i32x4.splat(0x38800000));
    v128.store(at, v128.or(sign, v128.bitselect(normal, i32x4.trunc_sat_f32x4_s(units), isNormal)));
  }
}
