// normal in float16 and bfloat16: the values of the kernel normal. A half has few digits, so an estimate in floats
// nearly always says which half it is. Where the interval around the estimate reaches into two halves, the element
// is undecided, and it is drawn again as the kernel normal does.

import package::shared::affine::{Affine, affine};
import package::shared::box_muller::box_muller;
import package::shared::box_muller_estimate::box_muller_estimate;
import package::shared::candidate::{Candidate, Candidates};
import package::entry::dispatch::{Dispatch, key_of};
import package::entry::store::{FLOAT16, FORMAT};
import package::shared::stream::stream_block;

struct Params {
  @size(48) at: Dispatch,
  @size(32) affine: Affine,
  mean: f32,
  stddev: f32,
  relative: f32, // the largest error of the estimate, in relation to itself
  absolute: f32, // what the estimate may err by beside that
}

/// Whether some of the numbers from low to high may round to other halves than the rest, as 1, or else 0. A half has
/// the upper bits of a float32, so all round to one half where these are equal once half a unit of the half is added.
/// A subnormal half has fewer digits. There it is asked for more: that no multiple of half a unit of a normal half is
/// between low and high.
fn undecided(low: vec4<f32>, high: vec4<f32>) -> vec4<u32> {
  var half_unit = vec4(0x8000u);
  if (FORMAT == FLOAT16) {
    half_unit = select(vec4(0u), vec4(0x1000u), low >= vec4(0x1p-14));
  }
  let bucket = max(2u * half_unit, vec4(0x1000u));
  let differing = (bitcast<vec4<u32>>(low) + half_unit) ^ (bitcast<vec4<u32>>(high) + half_unit);
  return select(vec4(0u), vec4(1u), differing >= bucket);
}

/// The four elements of a block, of which the undecided ones are rejected.
fn draw_block(p: Params, counter: vec2<u32>) -> Candidates {
  let w = stream_block(key_of(p.at), counter, 0u);
  let value = box_muller_estimate(w.xz, w.yw, p.stddev) + p.mean;
  let magnitude = abs(value);
  let error = magnitude * p.relative + p.absolute;
  return Candidates(bitcast<vec4<u32>>(value), undecided(magnitude - error, magnitude + error));
}

/// The element of one lane, which is never undecided.
fn draw_lane(p: Params, counter: vec2<u32>, lane: u32, _attempt: u32) -> Candidate {
  let w = stream_block(key_of(p.at), counter, 0u);
  let words = select(w.xy, w.zw, lane >= 2u);
  let pair = box_muller(words.xx, words.yy);
  let z = select(pair.x, pair.y, (lane & 1u) == 1u);
  return Candidate(affine(p.affine, z < 0, u32(abs(z))), false);
}
