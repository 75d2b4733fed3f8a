// truncated_normal with the device's own log, sqrt, sin and cos: math 'native'. A
// normal at a bound may be accepted here and rejected by the exact kernel.

import package::shared::box_muller_native::box_muller_native;
import package::shared::dispatch::Dispatch;
import package::shared::stream::stream_block;

struct Params {
  @size(48) at: Dispatch,
  mean: f32,
  stddev: f32,
  accept_min: f32,
  accept_max: f32,
  value_min: f32, // the first and last float32 whose rounding to the dtype is inside the bounds
  value_max: f32,
}

@group(0) @binding(1) var<uniform> params: Params;

fn rejected(z: vec2<f32>) -> vec2<bool> {
  return (z < vec2<f32>(params.accept_min)) | (z > vec2<f32>(params.accept_max));
}

/// The four elements of a block, as float32 bits.
fn draw_block(counter: vec2<u32>) -> vec4<u32> {
  let first = stream_block(params.at, counter, 0u);
  var a = box_muller_native(first.x, first.y);
  var b = box_muller_native(first.z, first.w);
  var again_a = rejected(a);
  var again_b = rejected(b);
  // Neighbours wait for the unlucky one, so a pair is drawn again only where it has to be.
  for (var attempt = 1u; any(again_a | again_b); attempt++) {
    let w = stream_block(params.at, counter, attempt);
    if (any(again_a)) {
      let candidate = box_muller_native(w.x, w.y);
      a = select(a, candidate, again_a);
      again_a = again_a & rejected(candidate);
    }
    if (any(again_b)) {
      let candidate = box_muller_native(w.z, w.w);
      b = select(b, candidate, again_b);
      again_b = again_b & rejected(candidate);
    }
  }
  let value = params.mean + params.stddev * vec4<f32>(a, b);
  return bitcast<vec4<u32>>(clamp(value, vec4<f32>(params.value_min), vec4<f32>(params.value_max)));
}
