/** Puts `count` elements, a multiple of 16, in order. */
import { PATTERNS, SCRATCH } from './scratch';

export function order32(count: i32): void {
  for (let group: usize = 0; group < 4 * count; group += 64) storeInOrder(SCRATCH + group, PATTERNS + group);
}

/** The same for patterns of 16 bits. */
export function order16(count: i32): void {
  for (let group: usize = 0; group < 4 * count; group += 64) {
    const from = SCRATCH + group, to = PATTERNS + (group >> 1);
    storeInOrder(from, from);
    v128.store(to, i16x8.narrow_i32x4_u(v128.load(from), v128.load(from, 16)));
    v128.store(to, i16x8.narrow_i32x4_u(v128.load(from, 32), v128.load(from, 48)), 16);
  }
}

/** Stores four blocks that lie side by side one after the other. */
// @ts-ignore: decorator
@inline
function storeInOrder(from: usize, to: usize): void {
  const a = v128.load(from), b = v128.load(from, 16), c = v128.load(from, 32), d = v128.load(from, 48);
  const ab01 = v128.shuffle<u32>(a, b, 0, 4, 1, 5), ab23 = v128.shuffle<u32>(a, b, 2, 6, 3, 7);
  const cd01 = v128.shuffle<u32>(c, d, 0, 4, 1, 5), cd23 = v128.shuffle<u32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<u64>(ab01, cd01, 0, 2));
  v128.store(to, v128.shuffle<u64>(ab01, cd01, 1, 3), 16);
  v128.store(to, v128.shuffle<u64>(ab23, cd23, 0, 2), 32);
  v128.store(to, v128.shuffle<u64>(ab23, cd23, 1, 3), 48);
}
