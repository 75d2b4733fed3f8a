// dropout: an element is 0 where its word is below the threshold, and else it is multiplied by the scale.

import package::operations::slots::Slots;
import package::shared::float_arithmetic::multiply_floats;
import package::shared::stream::stream_block;

struct Params {
  @size(32) at: Slots,
  threshold: u32,
  scale: u32, // float32 bits
}

fn dropped(p: Params, word: u32, x: u32) -> u32 {
  return select(0u, multiply_floats(x, p.scale), word >= p.threshold);
}

/// The results in a block, as float32 bits.
fn apply_block(p: Params, key: vec2<u32>, block: vec2<u32>, x: vec4<u32>) -> vec4<u32> {
  let w = stream_block(key, block, 0u);
  return vec4<u32>(dropped(p, w.x, x.x), dropped(p, w.y, x.y), dropped(p, w.z, x.z), dropped(p, w.w, x.w));
}
