// jax.random.bernoulli: whether a uniform float32 is less than p.

import package::entry::dispatch::{Dispatch, key_of};
import package::streams::threefry::stream_block;

struct Params {
  @size(48) at: Dispatch,
  threshold: u32, // p 2^23, rounded up
  one: u32,       // what stands for true
}

/// The four elements of a block.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let w = stream_block(key_of(p.at), counter, 0u);
  return select(vec4<u32>(0u), vec4<u32>(p.one), (w >> vec4<u32>(9u)) < vec4<u32>(p.threshold));
}
