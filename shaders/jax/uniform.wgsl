// jax.random.uniform.

import package::entry::dispatch::{Dispatch, key_of};
import package::jax::between::between;
import package::shared::affine::Affine;
import package::streams::threefry::stream_block;

struct Params {
  @size(48) at: Dispatch,
  @size(32) affine: Affine,
  low: u32,
}

/// The four elements of a block, as float32 bits.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let w = stream_block(key_of(p.at), counter, 0u);
  return vec4<u32>(
    between(p.affine, p.low, w.x),
    between(p.affine, p.low, w.y),
    between(p.affine, p.low, w.z),
    between(p.affine, p.low, w.w),
  );
}
