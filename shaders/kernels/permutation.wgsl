// permutation: element i of a permutation of [0, size), which is keyed by a block of Philox whose counter
// no other draw has.

import package::entry::dispatch::{Dispatch, key_of};
import package::shared::permutation::{Grid, Places, permute};
import package::shared::philox::philox4x32;

struct Params {
  @size(48) at: Dispatch,
  grid: Grid,
}

/// The four elements of a block.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let words = philox4x32(vec4<u32>(0u, 0u, 0u, 0xfffffffdu), key_of(p.at));
  let lo = vec4<u32>(counter.x * 4u) + vec4<u32>(0u, 1u, 2u, 3u);
  let hi = vec4<u32>((counter.y * 4u) | (counter.x >> 30u));
  return permute(p.grid, words, Places(lo, hi)).lo;
}
