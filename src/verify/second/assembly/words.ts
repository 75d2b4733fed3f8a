import { storeBlocks } from './philox';
import { SCRATCH } from './scratch';

/** Stores the words of `count` elements, a multiple of 16, from a block on. */
export function words(blockLo: u32, blockHi: u32, key0: u32, key1: u32, count: i32): void {
  let block = (<u64>blockHi << 32) | blockLo;
  for (let at = SCRATCH; at < SCRATCH + 4 * count; at += 64) {
    storeBlocks(at, block, 0, key0, key1);
    block += 4;
  }
}
