// noise: the normal of the element is added to it.

import package::operations::slots::Slots;
import package::shared::affine::{Affine, affine};
import package::shared::box_muller::box_muller;
import package::shared::float_arithmetic::add_floats;
import package::shared::stream::stream_block;

struct Params {
  @size(32) at: Slots,
  affine: Affine,
}

fn noisy(p: Params, z: i32, x: u32) -> u32 {
  return add_floats(x, affine(p.affine, z < 0, u32(abs(z))));
}

/// The results in a block, as float32 bits.
fn apply_block(p: Params, key: vec2<u32>, block: vec2<u32>, x: vec4<u32>) -> vec4<u32> {
  let w = stream_block(key, block, 0u);
  let z = box_muller(w.xz, w.yw);
  return vec4<u32>(noisy(p, z.x, x.x), noisy(p, z.y, x.y), noisy(p, z.z, x.z), noisy(p, z.w, x.w));
}
