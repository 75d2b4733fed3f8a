// poisson: how many counts end before the element's word. The host computes the last word of each count,
// and the search among them is the same for all words.

import package::entry::dispatch::{Dispatch, key_of};
import package::shared::stream::stream_block;

struct Params {
  @size(48) at: Dispatch,
  first: u32, // the least count
  size: u32,  // of the table: a power of two less one
  float: u32, // whether the counts become float32
}

@group(0) @binding(2) var<storage, read> table: array<u32>;

fn at_places(places: vec4<u32>) -> vec4<u32> {
  return vec4<u32>(table[places.x], table[places.y], table[places.z], table[places.w]);
}

/// The four elements of a block.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let w = stream_block(key_of(p.at), counter, 0u);
  var passed = vec4<u32>();
  var step = (p.size + 1u) >> 1u;
  loop {
    passed += select(vec4<u32>(), vec4<u32>(step), at_places(passed + (step - 1u)) < w);
    step >>= 1u;
    continuing {
      break if step == 0u;
    }
  }
  let counts = p.first + passed;
  return select(counts, bitcast<vec4<u32>>(vec4<f32>(vec4<i32>(counts))), vec4<bool>(p.float != 0u));
}
