// truncated_normal with math 'native': the device's own log, sqrt, sin and cos. A normal
// at a bound may be accepted here and rejected by the exact kernel.

import package::shared::box_muller_native::box_muller_native;
import package::shared::candidate::{Candidate, Candidates};
import package::entry::dispatch::{Dispatch, key_of};
import package::shared::stream::stream_block;

struct Params {
  @size(48) at: Dispatch,
  mean: f32,
  stddev: f32,
  accept_min: f32,
  accept_max: f32,
  value_min: f32, // the least and largest float32 that round into the bounds
  value_max: f32,
}

fn draw_elements(p: Params, z: vec4<f32>) -> vec4<u32> {
  let value = p.mean + p.stddev * z;
  return bitcast<vec4<u32>>(clamp(value, vec4<f32>(p.value_min), vec4<f32>(p.value_max)));
}

fn rejected(p: Params, z: vec4<f32>) -> vec4<bool> {
  return (z < vec4<f32>(p.accept_min)) | (z > vec4<f32>(p.accept_max));
}

/// Attempt 0 of the four elements of a block.
fn draw_block(p: Params, counter: vec2<u32>) -> Candidates {
  let w = stream_block(key_of(p.at), counter, 0u);
  let z = vec4<f32>(box_muller_native(w.x, w.y), box_muller_native(w.z, w.w));
  return Candidates(draw_elements(p, z), vec4<u32>(rejected(p, z)));
}

/// A later attempt of the element of one lane.
fn draw_lane(p: Params, counter: vec2<u32>, lane: u32, attempt: u32) -> Candidate {
  let w = stream_block(key_of(p.at), counter, attempt);
  let words = select(w.xy, w.zw, lane >= 2u);
  let pair = box_muller_native(words.x, words.y);
  let z = vec4<f32>(select(pair.x, pair.y, (lane & 1u) == 1u));
  return Candidate(draw_elements(p, z).x, rejected(p, z).x);
}
