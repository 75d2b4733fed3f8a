// Philox4x32-10: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy
// as 1, 2, 3", SC'11. A bijection of the 128-bit counter for every 64-bit key.

import package::shared::mul::{mul_hi, mul_hi_light};

const PHILOX_M0: u32 = 0xD2511F53u;
const PHILOX_M1: u32 = 0xCD9E8D57u;
const PHILOX_W0: u32 = 0x9E3779B9u;
const PHILOX_W1: u32 = 0xBB67AE85u;

/// The four words of one block. The ten rounds are written out, because SwiftShader keeps the
/// variables of a loop in memory.
fn philox4x32(counter: vec4<u32>, key: vec2<u32>) -> vec4<u32> {
  let w = vec2<u32>(PHILOX_W0, PHILOX_W1);
  var c = philox_round(counter, key);
  c = philox_round(c, key + w);
  c = philox_round(c, key + w * 2u);
  c = philox_round(c, key + w * 3u);
  c = philox_round(c, key + w * 4u);
  c = philox_round(c, key + w * 5u);
  c = philox_round(c, key + w * 6u);
  c = philox_round(c, key + w * 7u);
  c = philox_round(c, key + w * 8u);
  c = philox_round(c, key + w * 9u);
  return c;
}

fn philox_round(c: vec4<u32>, k: vec2<u32>) -> vec4<u32> {
  return vec4<u32>(
    mul_hi(c.z, PHILOX_M1) ^ c.y ^ k.x,
    PHILOX_M1 * c.z,
    mul_hi_light(c.x, PHILOX_M0) ^ c.w ^ k.y,
    PHILOX_M0 * c.x,
  );
}
