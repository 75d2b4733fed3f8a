// Threefry2x32-20: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC'11.
// A bijection of the 64-bit counter for every 64-bit key.

const THREEFRY_PARITY: u32 = 0x1BD11BDAu;

/// The two words of a counter.
fn threefry2x32(counter: vec2<u32>, key: vec2<u32>) -> vec2<u32> {
  let k2 = key.x ^ key.y ^ THREEFRY_PARITY;
  var x = counter + key;
  x = threefry_four(x, vec4<u32>(13u, 15u, 26u, 6u)) + vec2<u32>(key.y, k2 + 1u);
  x = threefry_four(x, vec4<u32>(17u, 29u, 16u, 24u)) + vec2<u32>(k2, key.x + 2u);
  x = threefry_four(x, vec4<u32>(13u, 15u, 26u, 6u)) + vec2<u32>(key.x, key.y + 3u);
  x = threefry_four(x, vec4<u32>(17u, 29u, 16u, 24u)) + vec2<u32>(key.y, k2 + 4u);
  x = threefry_four(x, vec4<u32>(13u, 15u, 26u, 6u)) + vec2<u32>(k2, key.x + 5u);
  return x;
}

/// Four rounds with the rotations `r`.
fn threefry_four(x: vec2<u32>, r: vec4<u32>) -> vec2<u32> {
  var y = threefry_round(x, r.x);
  y = threefry_round(y, r.y);
  y = threefry_round(y, r.z);
  return threefry_round(y, r.w);
}

fn threefry_round(x: vec2<u32>, r: u32) -> vec2<u32> {
  let sum = x.x + x.y;
  return vec2<u32>(sum, ((x.y << r) | (x.y >> (32u - r))) ^ sum);
}
