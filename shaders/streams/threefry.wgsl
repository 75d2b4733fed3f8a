// JAX's words: word i is the two words of Threefry of the counter (i high, i low) and the key (high, low),
// combined by ^.

import package::shared::threefry::threefry2x32;

/// The words of elements 4n to 4n + 3 of the block n whose 64-bit index is `counter`, low word first. JAX rejects
/// nothing, so `attempt` is not used.
fn stream_block(key: vec2<u32>, counter: vec2<u32>, attempt: u32) -> vec4<u32> {
  let high = (counter.y << 2u) | (counter.x >> 30u);
  let low = counter.x << 2u;
  return vec4<u32>(
    threefry_word(key, vec2<u32>(high, low)),
    threefry_word(key, vec2<u32>(high, low + 1u)),
    threefry_word(key, vec2<u32>(high, low + 2u)),
    threefry_word(key, vec2<u32>(high, low + 3u)),
  );
}

fn threefry_word(key: vec2<u32>, index: vec2<u32>) -> u32 {
  let x = threefry2x32(index, key.yx);
  return x.x ^ x.y;
}
