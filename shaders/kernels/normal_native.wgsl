// normal with math 'native': the device's own log, sqrt, sin and cos.

import package::shared::box_muller_native::box_muller_native;
import package::entry::dispatch::{Dispatch, key_of};
import package::shared::stream::stream_block;

struct Params {
  @size(48) at: Dispatch,
  mean: f32,
  stddev: f32,
}

/// The four elements of a block, as float32 bits.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let w = stream_block(key_of(p.at), counter, 0u);
  let z = vec4<f32>(box_muller_native(w.x, w.y), box_muller_native(w.z, w.w));
  return bitcast<vec4<u32>>(p.mean + p.stddev * z);
}
