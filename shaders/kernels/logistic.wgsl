// logistic: loc + scale * x, exact up to one rounding, for the logit x = ln(u / (1 - u)) of u = (w + 1/2) / 2^32,
// a difference of two logarithms.

import package::shared::affine::{Affine, affine};
import package::shared::log::{minus_log_fixed, normalize_word};
import package::entry::dispatch::{Dispatch, key_of};
import package::shared::stream::stream_block;

struct Params {
  @size(48) at: Dispatch,
  affine: Affine, // x has 27 fractional bits
}

/// -ln((w + 1/2) / 2^32).
fn minus_log(w: vec2<u32>) -> vec2<u32> {
  let u = normalize_word(w);
  return minus_log_fixed(u.m, vec2<i32>(u.octave));
}

/// The elements of two words.
fn draw_two(p: Params, w: vec2<u32>) -> vec2<u32> {
  let a = minus_log(~w);
  let b = minus_log(w);
  let negative = a < b;
  let magnitude = select(a - b, b - a, negative);
  return vec2<u32>(affine(p.affine, negative.x, magnitude.x), affine(p.affine, negative.y, magnitude.y));
}

/// The four elements of a block, as float32 bits.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let w = stream_block(key_of(p.at), counter, 0u);
  return vec4<u32>(draw_two(p, w.xy), draw_two(p, w.zw));
}
