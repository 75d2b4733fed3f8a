import { SCRATCH } from './scratch';

/** Moves `count` signed integers, a multiple of 4, into [least, most]. */
export function clamp(count: i32, least: i32, most: i32): void {
  const low = i32x4.splat(least), high = i32x4.splat(most);
  for (let at = SCRATCH; at < SCRATCH + 4 * count; at += 16) {
    v128.store(at, i32x4.min_s(i32x4.max_s(v128.load(at), low), high));
  }
}

/** Moves `count` words, a multiple of 4, into [least, most], and makes signed integers of them by subtracting 2^31. */
export function clampWords(count: i32, least: u32, most: u32): void {
  const low = i32x4.splat(least), high = i32x4.splat(most), half = i32x4.splat(0x80000000);
  for (let at = SCRATCH; at < SCRATCH + 4 * count; at += 16) {
    v128.store(at, i32x4.sub(i32x4.min_u(i32x4.max_u(v128.load(at), low), high), half));
  }
}
