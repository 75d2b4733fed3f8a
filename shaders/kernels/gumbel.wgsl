// gumbel: loc + scale * x, exact up to one rounding, for x = -ln E of the exponential E of the element's word.

import package::shared::affine::{Affine, affine};
import package::shared::deviates::standard_gumbel;
import package::entry::dispatch::{Dispatch, key_of};
import package::shared::stream::stream_block;

struct Params {
  @size(48) at: Dispatch,
  affine: Affine, // x has 27 fractional bits
}

fn draw_element(p: Params, x: u32) -> u32 {
  let negative = x >= 0xc0000000u; // 24 with 27 fractional bits
  return affine(p.affine, negative, select(x, 0u - x, negative));
}

/// The four elements of a block, as float32 bits.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let w = stream_block(key_of(p.at), counter, 0u);
  let a = standard_gumbel(w.xy);
  let b = standard_gumbel(w.zw);
  return vec4<u32>(draw_element(p, a.x), draw_element(p, a.y), draw_element(p, b.x), draw_element(p, b.y));
}
