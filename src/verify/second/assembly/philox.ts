import { all } from './constant';

const M0 = memory.data<u32>([0xd2511f53]);
const M1 = memory.data<u32>([0xcd9e8d57]);
const W0 = memory.data<u32>([0x9e3779b9]);
const W1 = memory.data<u32>([0xbb67ae85]);
const ROUNDS: i32 = 10;

/**
 * Stores the words of four blocks at `at`: Philox4x32-10 of the counters (block, attempt, 0), in which a block has
 * 64 bits.
 * @see Salmon et al., 2011, https://doi.org/10.1145/2063384.2063405
 */
// @ts-ignore: decorator
@inline
export function storeBlocks(at: usize, block: u64, attempt: u32, key0: u32, key1: u32): void {
  let x = i32x4(<u32>block, <u32>(block + 1), <u32>(block + 2), <u32>(block + 3));
  let y = i32x4(
    <u32>(block >> 32),
    <u32>((block + 1) >> 32),
    <u32>((block + 2) >> 32),
    <u32>((block + 3) >> 32),
  );
  let z = i32x4.splat(attempt), w = i32x4.splat(0);
  let k0 = i32x4.splat(key0), k1 = i32x4.splat(key1);
  const m0 = all(M0), m1 = all(M1);
  for (let round = 0; round < ROUNDS; round++) {
    const zLow = i64x2.extmul_low_i32x4_u(z, m1), zHigh = i64x2.extmul_high_i32x4_u(z, m1);
    const xLow = i64x2.extmul_low_i32x4_u(x, m0), xHigh = i64x2.extmul_high_i32x4_u(x, m0);
    x = v128.xor(upperWords(zLow, zHigh), v128.xor(y, k0));
    y = lowerWords(zLow, zHigh);
    z = v128.xor(upperWords(xLow, xHigh), v128.xor(w, k1));
    w = lowerWords(xLow, xHigh);
    k0 = i32x4.add(k0, all(W0));
    k1 = i32x4.add(k1, all(W1));
  }
  v128.store(at, x);
  v128.store(at, y, 16);
  v128.store(at, z, 32);
  v128.store(at, w, 48);
}

/** The lower words of four numbers of 64 bits. */
// @ts-ignore: decorator
@inline
export function lowerWords(low: v128, high: v128): v128 {
  return v128.shuffle<u32>(low, high, 0, 2, 4, 6);
}

/** Their upper words. */
// @ts-ignore: decorator
@inline
export function upperWords(low: v128, high: v128): v128 {
  return v128.shuffle<u32>(low, high, 1, 3, 5, 7);
}
