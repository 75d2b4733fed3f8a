// Philox4x32-10: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy
// as 1, 2, 3", SC'11. A bijection of the 128-bit counter for every 64-bit key.
//
// A round multiplies two of its words by M0 = 0xd2511f53 and M1 = 0xcd9e8d57. The products are made of
// digits of 16 bits. The halves of M0 add up to less than 2^16, so that the sum of its middle products
// fits a word. Those of M1 do not. But those of N = 2^32 - M1 do, and with y = ~x
//   x M1 = (x - N) 2^32 + (y + 1) N.
// So the rounds keep the complement of that word, which costs nothing: the keys are complemented.

import package::shared::shift::shr;

const PHILOX_M0_LO: u32 = 0x1f53u;
const PHILOX_M0_HI: u32 = 0xd251u;
const PHILOX_N: u32 = 0x326172a9u;
const PHILOX_N_LO: u32 = 0x72a9u;
const PHILOX_N_HI: u32 = 0x3261u;
const PHILOX_W0: u32 = 0x9E3779B9u;
const PHILOX_W1: u32 = 0xBB67AE85u;

/// The four words of one block. The ten rounds are written out, because SwiftShader keeps the
/// variables of a loop in memory.
fn philox4x32(counter: vec4<u32>, key: vec2<u32>) -> vec4<u32> {
  let w = vec2<u32>(PHILOX_W0, PHILOX_W1);
  var c = philox_round(vec4<u32>(counter.xy, ~counter.z, counter.w), key);
  c = philox_round(c, key + w);
  c = philox_round(c, key + w * 2u);
  c = philox_round(c, key + w * 3u);
  c = philox_round(c, key + w * 4u);
  c = philox_round(c, key + w * 5u);
  c = philox_round(c, key + w * 6u);
  c = philox_round(c, key + w * 7u);
  c = philox_round(c, key + w * 8u);
  c = philox_round(c, key + w * 9u);
  return vec4<u32>(c.xy, ~c.z, c.w);
}

/// One round. The third word is complemented, in `c` and in the result.
fn philox_round(c: vec4<u32>, k: vec2<u32>) -> vec4<u32> {
  let p = times_m1_complement(c.z);
  let q = times_m0(c.x);
  return vec4<u32>(p.y ^ c.y ^ k.x, p.x, q.y ^ c.w ^ ~k.y, q.x);
}

/// The low and the high word of x M0.
fn times_m0(x: u32) -> vec2<u32> {
  let lo = x & 0xffffu;
  let hi = shr(x, 16u);
  let low = lo * PHILOX_M0_LO;
  let middle = lo * PHILOX_M0_HI + hi * PHILOX_M0_LO;
  return vec2<u32>(middle * 0x10000u + low, hi * PHILOX_M0_HI + shr(middle + shr(low, 16u), 16u));
}

/// The low and the high word of ~y M1.
fn times_m1_complement(y: u32) -> vec2<u32> {
  let lo = y & 0xffffu;
  let hi = shr(y, 16u);
  let low = lo * PHILOX_N_LO + PHILOX_N;
  let middle = lo * PHILOX_N_HI + hi * PHILOX_N_LO;
  // What is added to -y - 1 - N is the high word of (y + 1) N.
  let high = hi * PHILOX_N_HI + shr(middle + shr(low, 16u), 16u) - y - (PHILOX_N + 1u);
  return vec2<u32>(middle * 0x10000u + low, high);
}
