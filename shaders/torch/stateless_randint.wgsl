// torch.func._random.randint: the word modulo the number of integers, plus the lower end.

import package::entry::dispatch::{Dispatch, key_of};
import package::shared::stream::stream_block;

struct Params {
  @size(48) at: Dispatch,
  low: u32,
  range: u32, // 0 stands for 2^32
}

/// The four elements of a block, as words.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let w = stream_block(key_of(p.at), counter, 0u);
  return p.low + select(w % vec4<u32>(max(p.range, 1u)), w, vec4<bool>(p.range == 0u));
}
