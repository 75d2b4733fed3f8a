// truncated_normal: a normal whose z lies outside the window is drawn again. Every
// element has candidates of its own: attempt a is the normal that the counter's third
// word a gives to that element, so the result depends on key and element alone.

import package::shared::affine::{Affine, affine};
import package::shared::box_muller::box_muller;
import package::shared::dispatch::Dispatch;
import package::shared::stream::stream_block;

struct Params {
  @size(48) at: Dispatch,
  @size(32) affine: Affine,
  accept_min: i32,
  accept_max: i32,
  clamp_min: i32, // accepted, but rounded to the dtype it would touch a bound
  clamp_max: i32,
}

@group(0) @binding(1) var<uniform> params: Params;

fn draw_element(z: i32) -> u32 {
  let inside = clamp(z, params.clamp_min, params.clamp_max);
  return affine(params.affine, inside < 0, u32(abs(inside)));
}

fn rejected(z: vec2<i32>) -> vec2<bool> {
  return (z < vec2<i32>(params.accept_min)) | (z > vec2<i32>(params.accept_max));
}

/// The four elements of a block, as float32 bits.
fn draw_block(counter: vec2<u32>) -> vec4<u32> {
  let first = stream_block(params.at, counter, 0u);
  var a = box_muller(first.x, first.y);
  var b = box_muller(first.z, first.w);
  var again_a = rejected(a);
  var again_b = rejected(b);
  // Neighbours wait for the unlucky one, so a pair is drawn again only where it has to be.
  for (var attempt = 1u; any(again_a | again_b); attempt++) {
    let w = stream_block(params.at, counter, attempt);
    if (any(again_a)) {
      let candidate = box_muller(w.x, w.y);
      a = select(a, candidate, again_a);
      again_a = again_a & rejected(candidate);
    }
    if (any(again_b)) {
      let candidate = box_muller(w.z, w.w);
      b = select(b, candidate, again_b);
      again_b = again_b & rejected(candidate);
    }
  }
  return vec4<u32>(draw_element(a.x), draw_element(a.y), draw_element(b.x), draw_element(b.y));
}
