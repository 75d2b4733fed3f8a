// bernoulli_packed: bit b of word i is the outcome of element 32 i + b of bernoulli. So a word takes
// eight blocks, and four words take 32.

import package::entry::dispatch::{Dispatch, key_of};
import package::shared::stream::stream_block;

struct Params {
  @size(48) at: Dispatch,
  threshold: u32,
}

/// The word whose first outcomes are those of block `first`, a multiple of 8.
fn packed_word(p: Params, first: vec2<u32>) -> u32 {
  var word = 0u;
  for (var i = 0u; i < 8u; i++) {
    let w = stream_block(key_of(p.at), vec2<u32>(first.x + i, first.y), 0u);
    let bits = select(vec4<u32>(0u), vec4<u32>(1u, 2u, 4u, 8u), w < vec4<u32>(p.threshold));
    word |= (bits.x + bits.y + bits.z + bits.w) << (4u * i);
  }
  return word;
}

/// The four elements of a block.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let first = vec2<u32>(counter.x << 5u, (counter.y << 5u) | (counter.x >> 27u));
  var words: vec4<u32>;
  for (var i = 0u; i < 4u; i++) {
    words = vec4<u32>(words.yzw, packed_word(p, vec2<u32>(first.x + 8u * i, first.y)));
  }
  return words;
}
