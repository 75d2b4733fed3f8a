/**
 * Twin of src/streams/philox.ts, for eight blocks at a time. Lane i of a0 to a3 is one block, and so is lane
 * i of b0 to b3.
 */
import { splat } from './constant';
import { evenLanes, oddLanes } from './lanes';

const M0 = memory.data<u32>([0xd2511f53]);
const M1 = memory.data<u32>([0xcd9e8d57]);
const W0 = memory.data<u32>([0x9e3779b9]);
const W1 = memory.data<u32>([0xbb67ae85]);
const ROUNDS: i32 = 10;

/** The words that were computed last. They are variables because a function returns only one value. */
export let a0: v128 = i32x4.splat(0);
export let a1: v128 = i32x4.splat(0);
export let a2: v128 = i32x4.splat(0);
export let a3: v128 = i32x4.splat(0);
export let b0: v128 = i32x4.splat(0);
export let b1: v128 = i32x4.splat(0);
export let b2: v128 = i32x4.splat(0);
export let b3: v128 = i32x4.splat(0);

/**
 * Philox4x32-10 of the counters (c0a, c1, c2, 0) and (c0b, c1, c2, 0), into a0 to a3 and b0 to b3. It
 * computes two vectors side by side, because the rounds of one wait for each other and leave half of the
 * processor idle.
 */
// @ts-ignore: decorator
@inline
export function philox4x32(c0a: v128, c0b: v128, c1: v128, c2: v128, key0: i32, key1: i32): void {
  let c1a = c1, c2a = c2, c3a = i32x4.splat(0);
  let c1b = c1, c2b = c2, c3b = i32x4.splat(0);
  let k0 = i32x4.splat(key0);
  let k1 = i32x4.splat(key1);
  const m0 = splat(M0), m1 = splat(M1);
  for (let round = 0; round < ROUNDS; round++) {
    const low0a = i64x2.extmul_low_i32x4_u(c0a, m0), high0a = i64x2.extmul_high_i32x4_u(c0a, m0);
    const low0b = i64x2.extmul_low_i32x4_u(c0b, m0), high0b = i64x2.extmul_high_i32x4_u(c0b, m0);
    const low1a = i64x2.extmul_low_i32x4_u(c2a, m1), high1a = i64x2.extmul_high_i32x4_u(c2a, m1);
    const low1b = i64x2.extmul_low_i32x4_u(c2b, m1), high1b = i64x2.extmul_high_i32x4_u(c2b, m1);
    c0a = v128.xor(oddLanes(low1a, high1a), v128.xor(c1a, k0));
    c0b = v128.xor(oddLanes(low1b, high1b), v128.xor(c1b, k0));
    c1a = evenLanes(low1a, high1a);
    c1b = evenLanes(low1b, high1b);
    c2a = v128.xor(oddLanes(low0a, high0a), v128.xor(c3a, k1));
    c2b = v128.xor(oddLanes(low0b, high0b), v128.xor(c3b, k1));
    c3a = evenLanes(low0a, high0a);
    c3b = evenLanes(low0b, high0b);
    k0 = i32x4.add(k0, splat(W0));
    k1 = i32x4.add(k1, splat(W1));
  }
  a0 = c0a; a1 = c1a; a2 = c2a; a3 = c3a;
  b0 = c0b; b1 = c1b; b2 = c2b; b3 = c3b;
}
