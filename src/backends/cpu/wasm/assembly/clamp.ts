import { SCRATCH } from './scratch';

/** Clamps `count` elements to [min, max] as signed integers, after an exclusive or with `flip`. */
export function clamp(count: i32, flip: i32, min: i32, max: i32): void {
  const flips = i32x4.splat(flip),
    least = i32x4.splat(min),
    most = i32x4.splat(max);
  for (let at = SCRATCH; at < SCRATCH + 4 * count; at += 16) {
    v128.store(at, i32x4.max_s(i32x4.min_s(v128.xor(v128.load(at), flips), most), least));
  }
}
