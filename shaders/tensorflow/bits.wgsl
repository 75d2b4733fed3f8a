// tf.random.stateless_uniform of integers over their whole range: the words.

import package::entry::dispatch::Dispatch;
import package::tensorflow::block::block_of;

struct Params {
  @size(48) at: Dispatch,
  upper_lo: u32,
  upper_hi: u32,
}

/// The four elements of a block.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  return block_of(p.at, counter, p.upper_lo, p.upper_hi);
}
