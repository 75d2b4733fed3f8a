import { storeNormals } from './box_muller';
import { storeBlocks } from './philox';
import { SCRATCH } from './scratch';

/** Candidates of four blocks. */
const CANDIDATES: usize = memory.data(64, 16);

/** Turns the words of `count` elements, a multiple of 16, into normals. */
export function normals(count: i32): void {
  for (let at = SCRATCH; at < SCRATCH + 4 * count; at += 32) storeNormals(at);
}

/**
 * Replaces each of `count` normals that is outside of [min, max] by the first one of its further attempts that is
 * inside. The other parameters are those of `words`.
 */
export function redraw(blockLo: u32, blockHi: u32, key0: u32, key1: u32, count: i32, min: i32, max: i32): void {
  let block = (<u64>blockHi << 32) | blockLo;
  for (let group = SCRATCH; group < SCRATCH + 4 * count; group += 64) {
    for (let element: usize = 0; element < 64; element += 16) {
      let z = v128.load(group + element);
      let outside = isOutside(z, min, max);
      for (let attempt: u32 = 1; v128.any_true(outside); attempt++) {
        storeBlocks(CANDIDATES, block, attempt, key0, key1);
        storeNormals(CANDIDATES + (element & 32));
        z = v128.bitselect(v128.load(CANDIDATES + element), z, outside);
        outside = isOutside(z, min, max);
      }
      v128.store(group + element, z);
    }
    block += 4;
  }
}

// @ts-ignore: decorator
@inline
function isOutside(z: v128, min: i32, max: i32): v128 {
  return v128.or(i32x4.lt_s(z, i32x4.splat(min)), i32x4.gt_s(z, i32x4.splat(max)));
}
