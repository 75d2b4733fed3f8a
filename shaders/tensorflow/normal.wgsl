// tf.random.stateless_normal: z * stddev + mean, each operation rounded to the dtype.

import package::entry::dispatch::Dispatch;
import package::tensorflow::arithmetic::scale_shift;
import package::streams::float32::rounded;
import package::tensorflow::block::block_of;
import package::tensorflow::box_muller::normals;

struct Params {
  @size(48) at: Dispatch,
  upper_lo: u32,
  upper_hi: u32,
  scale: u32, // stddev, as float32 bits
  shift: u32, // mean
}

fn draw_element(p: Params, z: u32) -> u32 {
  return scale_shift(rounded(z), p.scale, p.shift);
}

/// The four elements of a block, as float32 bits.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let z = normals(block_of(p.at, counter, p.upper_lo, p.upper_hi));
  return vec4<u32>(draw_element(p, z.x), draw_element(p, z.y), draw_element(p, z.z), draw_element(p, z.w));
}
