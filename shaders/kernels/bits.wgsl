// bits: the words of Philox. Element i is lane i mod 4 of block i div 4.

import package::entry::dispatch::{Dispatch, key_of};
import package::shared::stream::stream_block;

struct Params {
  at: Dispatch,
}

/// The four elements of a block.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  return stream_block(key_of(p.at), counter, 0u);
}
