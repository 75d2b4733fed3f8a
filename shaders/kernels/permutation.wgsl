// permutation: element i of a permutation of [0, size), which is keyed by a block of Philox whose counter
// no other draw has. Where it is wide, elements 2 i and 2 i + 1 are the low and the high word of index i.

import package::entry::dispatch::{Dispatch, key_of};
import package::shared::permutation::{Grid, Places, permute};
import package::shared::philox::philox4x32;

struct Params {
  @size(48) at: Dispatch,
  grid: Grid,
  wide: u32, // 0 or 1
}

/// The four elements of a block.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let words = philox4x32(vec4<u32>(0u, 0u, 0u, 0xfffffffdu), key_of(p.at));
  let lanes = vec4<u32>(0u, 1u, 2u, 3u);
  let lo = vec4<u32>(counter.x * 4u) + lanes;
  let hi = vec4<u32>((counter.y * 4u) | (counter.x >> 30u));
  let wide = vec4<u32>(p.wide);
  let places = permute(p.grid, words, Places((lo >> wide) | ((hi << vec4(1u)) << (31u - wide)), hi >> wide));
  return select(places.lo, places.hi, (lanes & wide) != vec4(0u));
}
