// laplace: loc + scale * x, exact up to one rounding, for a word's sign, its highest bit, and a magnitude
// -ln((2 v + 1) / 2^32) of its other bits v.

import package::shared::affine::{Affine, affine};
import package::shared::deviates::laplace_magnitudes;
import package::entry::dispatch::{Dispatch, key_of};
import package::shared::stream::stream_block;

struct Params {
  @size(48) at: Dispatch,
  affine: Affine, // x has 27 fractional bits
}

/// The four elements of a block, as float32 bits.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let w = stream_block(key_of(p.at), counter, 0u);
  let a = laplace_magnitudes(w.xy);
  let b = laplace_magnitudes(w.zw);
  let negative = vec4<i32>(w) < vec4(0);
  return vec4<u32>(
    affine(p.affine, negative.x, a.x),
    affine(p.affine, negative.y, a.y),
    affine(p.affine, negative.z, b.x),
    affine(p.affine, negative.w, b.y),
  );
}
