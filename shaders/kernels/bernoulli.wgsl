// bernoulli: one of two patterns, by whether the element's word is below a threshold.

import package::entry::dispatch::{Dispatch, key_of};
import package::shared::stream::stream_block;

struct Params {
  @size(48) at: Dispatch,
  threshold: u32,
  below: u32, // the pattern for words below the threshold, as float32 bits where FORMAT is a half
  above: u32, // the pattern for all others
}

/// The four elements of a block.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let w = stream_block(key_of(p.at), counter, 0u);
  return select(vec4<u32>(p.above), vec4<u32>(p.below), w < vec4<u32>(p.threshold));
}
