// torch.randn on a CUDA device: curand's Box-Muller transform, whose first value is the sine and whose second is the
// cosine; computed in integers as ours is.

import package::entry::dispatch::{Dispatch, key_of};
import package::shared::affine::{Affine, affine};
import package::shared::box_muller::box_muller;
import package::torch::cuda_words::draw_of;

struct Params {
  @size(48) at: Dispatch,
  threads: u32,
  offset_lo: u32,
  @size(8) offset_hi: u32, // a struct in a uniform begins at a multiple of 16 bytes
  affine: Affine,
}

/// The radius' word in x and the angle's in y.
fn pair_of(words: vec4<u32>, lane: u32) -> vec2<u32> {
  return select(words.xy, words.zw, lane > 1u);
}

fn draw_element(p: Params, z: i32) -> u32 {
  return affine(p.affine, z < 0, u32(abs(z)));
}

/// The four elements of a block, as float32 bits.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let first = counter.x * 4u;
  let offset = vec2<u32>(p.offset_lo, p.offset_hi);
  let a = draw_of(key_of(p.at), p.threads, offset, first);
  let b = draw_of(key_of(p.at), p.threads, offset, first + 1u);
  let c = draw_of(key_of(p.at), p.threads, offset, first + 2u);
  let d = draw_of(key_of(p.at), p.threads, offset, first + 3u);
  let pa = pair_of(a.words, a.lane);
  let pb = pair_of(b.words, b.lane);
  let pc = pair_of(c.words, c.lane);
  let pd = pair_of(d.words, d.lane);
  // Two pairs at a time: the cosine and the sine of the first, and those of the second.
  let ab = box_muller(vec2<u32>(pa.x, pb.x), vec2<u32>(pa.y, pb.y));
  let cd = box_muller(vec2<u32>(pc.x, pd.x), vec2<u32>(pc.y, pd.y));
  return vec4<u32>(
    draw_element(p, select(ab.y, ab.x, (a.lane & 1u) != 0u)),
    draw_element(p, select(ab.w, ab.z, (b.lane & 1u) != 0u)),
    draw_element(p, select(cd.y, cd.x, (c.lane & 1u) != 0u)),
    draw_element(p, select(cd.w, cd.z, (d.lane & 1u) != 0u)),
  );
}
