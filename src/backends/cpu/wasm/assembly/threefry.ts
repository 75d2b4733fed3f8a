/**
 * Twin of the words of src/streams/threefry.ts, for eight elements at a time. Lane i of a vector is one element.
 */
import { SCRATCH } from './scratch';

const PARITY: i32 = 0x1bd11bda;
const LANES = memory.data<u32>([0, 1, 2, 3]);

/** The state of two vectors of counters. They are variables because a function returns only one value. */
let xa: v128 = i32x4.splat(0);
let ya: v128 = i32x4.splat(0);
let xb: v128 = i32x4.splat(0);
let yb: v128 = i32x4.splat(0);

/**
 * Writes the words of `count` elements into the scratch memory. `count` is a multiple of 8, and all elements' indices
 * have the same high word.
 */
export function threefryBits(elementLo: i32, elementHi: i32, key0: i32, key1: i32, count: i32): void {
  const k0 = i32x4.splat(key1); // The high word comes first in JAX.
  const k1 = i32x4.splat(key0);
  const k2 = i32x4.splat(key0 ^ key1 ^ PARITY);
  const high = i32x4.add(i32x4.splat(elementHi), k0);
  for (let done = 0; done < count; done += 8) {
    const low = i32x4.add(i32x4.add(i32x4.splat(elementLo + done), v128.load(LANES)), k1);
    xa = high;
    xb = high;
    ya = low;
    yb = i32x4.add(low, i32x4.splat(4));
    even();
    inject(k1, k2, 1);
    odd();
    inject(k2, k0, 2);
    even();
    inject(k0, k1, 3);
    odd();
    inject(k1, k2, 4);
    even();
    inject(k2, k0, 5);
    v128.store(SCRATCH + 4 * done, v128.xor(xa, ya));
    v128.store(SCRATCH + 4 * done, v128.xor(xb, yb), 16);
  }
}

/** Four rounds. */
// @ts-ignore: decorator
@inline
function even(): void {
  round(13);
  round(15);
  round(26);
  round(6);
}

/** The next four rounds. */
// @ts-ignore: decorator
@inline
function odd(): void {
  round(17);
  round(29);
  round(16);
  round(24);
}

// @ts-ignore: decorator
@inline
function round(r: i32): void {
  xa = i32x4.add(xa, ya);
  xb = i32x4.add(xb, yb);
  ya = v128.xor(v128.or(i32x4.shl(ya, r), i32x4.shr_u(ya, 32 - r)), xa);
  yb = v128.xor(v128.or(i32x4.shl(yb, r), i32x4.shr_u(yb, 32 - r)), xb);
}

// @ts-ignore: decorator
@inline
function inject(first: v128, second: v128, count: i32): void {
  const added = i32x4.add(second, i32x4.splat(count));
  xa = i32x4.add(xa, first);
  xb = i32x4.add(xb, first);
  ya = i32x4.add(ya, added);
  yb = i32x4.add(yb, added);
}
