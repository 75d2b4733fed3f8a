// tf.random.stateless_uniform of integers in [low, low + range): low + the remainder of the word.

import package::entry::dispatch::Dispatch;
import package::tensorflow::block::block_of;

struct Params {
  @size(48) at: Dispatch,
  upper_lo: u32,
  upper_hi: u32,
  low: u32, // two's complement
  range: u32,
}

/// The four elements of a block.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  return p.low + block_of(p.at, counter, p.upper_lo, p.upper_hi) % p.range;
}
