// normal: mean + stddev * z, exact up to one rounding. The standard normals z come from a
// Box-Muller transform in integers, in which lanes 0 and 1 share a radius and an angle, and
// so do lanes 2 and 3.

import package::shared::affine::{Affine, affine_31};
import package::shared::box_muller::box_muller_magnitudes;
import package::entry::dispatch::{Dispatch, key_of};
import package::shared::stream::stream_block;

struct Params {
  @size(48) at: Dispatch,
  affine: Affine,
}

/// The four elements of a block, as float32 bits.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let w = stream_block(key_of(p.at), counter, 0u);
  let z = box_muller_magnitudes(w.xz, w.yw);
  return vec4<u32>(
    affine_31(p.affine, z.sign_x.x, z.x.x),
    affine_31(p.affine, z.sign_y.x, z.y.x),
    affine_31(p.affine, z.sign_x.y, z.x.y),
    affine_31(p.affine, z.sign_y.y, z.y.y),
  );
}
