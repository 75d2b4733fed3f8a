/** Twin of src/backends/cpu/reference/truncated_normal.ts. */
import { boxMuller } from './box_muller';
import { interleaveHigh, interleaveLow } from './lanes';
import { a0, a1, a2, a3, b0, b1, b2, b3, philox4x32 } from './philox';
import { SCRATCH } from './scratch';

/**
 * The positions in the scratch memory of elements without an accepted candidate: up to 4096, of 32 bits each.
 */
const PENDING: usize = memory.data(4 * 4096, 16);
/** The next candidates of these elements, a pair for each. */
const CANDIDATES: usize = memory.data(8 * 4096, 16);

/**
 * Draws normals outside of [min, max] again until they are accepted. The other parameters are those of
 * `bits`.
 */
export function redraw(blockLo: i32, blockHi: i32, key0: i32, key1: i32, count: i32, min: i32, max: i32): void {
  let pending = rejected(count, min, max);
  for (let attempt = 1; pending > 0; attempt++) {
    drawCandidates(pending, blockLo, blockHi, attempt, key0, key1);
    pending = accept(pending, min, max);
  }
}

/**
 * Lists the positions of the elements outside of [min, max].
 * @returns how many there are
 */
function rejected(count: i32, min: i32, max: i32): i32 {
  const least = i32x4.splat(min), most = i32x4.splat(max);
  let pending = 0;
  for (let position = 0; position < count; position += 4) {
    const z = v128.load(SCRATCH + 4 * position);
    const outside = v128.or(i32x4.lt_s(z, least), i32x4.gt_s(z, most));
    for (let lanes = i32x4.bitmask(outside); lanes !== 0; lanes &= lanes - 1) {
      store<i32>(PENDING + 4 * pending++, position + ctz(lanes));
    }
  }
  return pending;
}

/**
 * Draws a candidate for each pending position, eight at a time. The last of the eight may be leftovers, which
 * are not used.
 */
function drawCandidates(pending: i32, blockLo: i32, blockHi: i32, attempt: i32, key0: i32, key1: i32): void {
  for (let i = 0; i < pending; i += 8) {
    const a = v128.load(PENDING + 4 * i);
    const b = v128.load(PENDING + 4 * i, 16);
    philox4x32(blocksOf(a, blockLo), blocksOf(b, blockLo), i32x4.splat(blockHi), i32x4.splat(attempt), key0, key1);
    storePairs(CANDIDATES + 8 * i, a, a0, a1, a2, a3);
    storePairs(CANDIDATES + 8 * i + 32, b, b0, b1, b2, b3);
  }
  boxMuller(CANDIDATES, 2 * ((pending + 3) & ~3));
}

/** The low words of the blocks that positions belong to. */
// @ts-ignore: decorator
@inline
function blocksOf(positions: v128, blockLo: i32): v128 {
  return i32x4.add(i32x4.splat(blockLo), i32x4.shr_u(positions, 2));
}

/** Stores, for each position, the two words of its block that its normal is made of. */
// @ts-ignore: decorator
@inline
function storePairs(at: usize, positions: v128, w0: v128, w1: v128, w2: v128, w3: v128): void {
  const inFirst = i32x4.eq(v128.and(positions, i32x4.splat(2)), i32x4.splat(0));
  const first = v128.bitselect(w0, w2, inFirst);
  const second = v128.bitselect(w1, w3, inFirst);
  v128.store(at, interleaveLow(first, second));
  v128.store(at, interleaveHigh(first, second), 16);
}

/**
 * Stores the candidates, and keeps the positions of those that are outside of [min, max].
 * @returns how many positions are still pending
 */
function accept(pending: i32, min: i32, max: i32): i32 {
  let left = 0;
  for (let i = 0; i < pending; i++) {
    const position = load<i32>(PENDING + 4 * i);
    const z = load<i32>(CANDIDATES + 8 * i + 4 * (position & 1));
    store<i32>(SCRATCH + 4 * position, z);
    store<i32>(PENDING + 4 * left, position);
    left += i32(z < min || z > max);
  }
  return left;
}
