// logistic: loc + scale * x, exact up to one rounding, for the logit x = ln(u / (1 - u)) of u = (w + 1/2) / 2^32,
// a difference of two logarithms.

import package::shared::affine::{Affine, affine};
import package::shared::deviates::standard_logistic;
import package::entry::dispatch::{Dispatch, key_of};
import package::shared::stream::stream_block;

struct Params {
  @size(48) at: Dispatch,
  affine: Affine, // x has 27 fractional bits
}

/// The elements of two words.
fn draw_two(p: Params, w: vec2<u32>) -> vec2<u32> {
  let x = standard_logistic(w);
  return vec2<u32>(affine(p.affine, x.negative.x, x.magnitude.x), affine(p.affine, x.negative.y, x.magnitude.y));
}

/// The four elements of a block, as float32 bits.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let w = stream_block(key_of(p.at), counter, 0u);
  return vec4<u32>(draw_two(p, w.xy), draw_two(p, w.zw));
}
