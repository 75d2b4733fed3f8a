/** Twin of src/backends/cpu/reference/bits.ts. */
import { interleaveHigh, interleaveLow } from './lanes';
import { a0, a1, a2, a3, b0, b1, b2, b3, philox4x32 } from './philox';
import { SCRATCH } from './scratch';

/**
 * Writes the words of `count` elements into the scratch memory. `count` is a multiple of 32, the low word of
 * the first block is a multiple of 8, and all blocks have the same high word.
 */
export function bits(blockLo: i32, blockHi: i32, key0: i32, key1: i32, count: i32): void {
  const high = i32x4.splat(blockHi);
  const attempt = i32x4.splat(0);
  for (let done = 0; done < count; done += 32) {
    const block = blockLo + (done >> 2);
    philox4x32(fourFrom(block), fourFrom(block + 4), high, attempt, key0, key1);
    store(SCRATCH + 4 * done, a0, a1, a2, a3);
    store(SCRATCH + 4 * done + 64, b0, b1, b2, b3);
  }
}

// @ts-ignore: decorator
@inline
function fourFrom(block: i32): v128 {
  return i32x4.add(i32x4.splat(block), i32x4(0, 1, 2, 3));
}

/** Stores four blocks, one after the other. Each vector has one word of all four. */
// @ts-ignore: decorator
@inline
function store(at: usize, w0: v128, w1: v128, w2: v128, w3: v128): void {
  const low01 = interleaveLow(w0, w1);
  const high01 = interleaveHigh(w0, w1);
  const low23 = interleaveLow(w2, w3);
  const high23 = interleaveHigh(w2, w3);
  v128.store(at, v128.shuffle<i64>(low01, low23, 0, 2));
  v128.store(at, v128.shuffle<i64>(low01, low23, 1, 3), 16);
  v128.store(at, v128.shuffle<i64>(high01, high23, 0, 2), 32);
  v128.store(at, v128.shuffle<i64>(high01, high23, 1, 3), 48);
}
