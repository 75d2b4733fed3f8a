// truncated_normal: a normal whose z lies outside the window is drawn again. Every
// element has candidates of its own: attempt a is the normal that this element has with
// a in the third word of the counter. So the result depends on key and element alone.

import package::shared::affine::{Affine, affine_31};
import package::shared::box_muller::box_muller;
import package::shared::candidate::{Candidate, Candidates};
import package::entry::dispatch::{Dispatch, key_of};
import package::shared::stream::stream_block;

struct Params {
  @size(48) at: Dispatch,
  @size(32) affine: Affine,
  accept_min: i32,
  accept_max: i32,
  clamp_min: i32, // z is clamped to this, so that rounding to the dtype does not touch a bound
  clamp_max: i32,
}

fn draw_element(p: Params, z: i32) -> u32 {
  let inside = clamp(z, p.clamp_min, p.clamp_max);
  return affine_31(p.affine, u32(inside), u32(abs(inside)));
}

fn rejected(p: Params, z: vec4<i32>) -> vec4<bool> {
  return (z < vec4<i32>(p.accept_min)) | (z > vec4<i32>(p.accept_max));
}

/// Attempt 0 of the four elements of a block.
fn draw_block(p: Params, counter: vec2<u32>) -> Candidates {
  let w = stream_block(key_of(p.at), counter, 0u);
  let z = box_muller(w.xz, w.yw);
  let elements = vec4<u32>(draw_element(p, z.x), draw_element(p, z.y), draw_element(p, z.z), draw_element(p, z.w));
  return Candidates(elements, vec4<u32>(rejected(p, z)));
}

/// A later attempt of the element of one lane.
fn draw_lane(p: Params, counter: vec2<u32>, lane: u32, attempt: u32) -> Candidate {
  let w = stream_block(key_of(p.at), counter, attempt);
  let words = select(w.xy, w.zw, lane >= 2u);
  let pair = box_muller(words.xx, words.yy);
  let z = select(pair.x, pair.y, (lane & 1u) == 1u);
  return Candidate(draw_element(p, z), rejected(p, vec4<i32>(z)).x);
}
