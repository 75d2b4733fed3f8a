// exponential: scale * E for E = -ln((w + 1/2) / 2^32) of the element's word w, rounded once from the
// logarithm's digits. So small values are as accurate as large ones.

import package::shared::affine::{Affine, multiple};
import package::shared::log::minus_log_digits;
import package::entry::dispatch::{Dispatch, key_of};
import package::shared::stream::stream_block;

struct Params {
  @size(48) at: Dispatch,
  affine: Affine, // x has 33 fractional bits
}

/// The four elements of a block, as float32 bits.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let w = stream_block(key_of(p.at), counter, 0u);
  let a = minus_log_digits(w.xy);
  let b = minus_log_digits(w.zw);
  return vec4<u32>(
    multiple(p.affine, a.digits.x, a.places.x - 33),
    multiple(p.affine, a.digits.y, a.places.y - 33),
    multiple(p.affine, b.digits.x, b.places.x - 33),
    multiple(p.affine, b.digits.y, b.places.y - 33),
  );
}
