// tf.random.stateless_truncated_normal: the first four normals with |z| < 2 from the 256 blocks that belong to these
// four elements alone; then z * stddev + mean, each operation rounded to the dtype.

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

/// 1 where a candidate is accepted, else 0.
fn accepted(z: u32) -> u32 {
  return select(0u, 1u, (z & 0x7fffffffu) < 0x40000000u);
}

/// The four elements of four slots, as float32 bits.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let first = vec2<u32>(counter.x << 8u, (counter.y << 8u) | (counter.x >> 24u));
  let lanes = vec4<u32>(0u, 1u, 2u, 3u);
  var found = vec4<u32>(0u);
  var count = 0u;
  var n = 0u;
  loop {
    let z = normals(block_of(p.at, first + vec2<u32>(n, 0u), p.upper_lo, p.upper_hi));
    // A rejected candidate takes the place of the next one, which overwrites it.
    found = select(found, z.xxxx, lanes == vec4<u32>(count));
    count += accepted(z.x);
    found = select(found, z.yyyy, lanes == vec4<u32>(count));
    count += accepted(z.y);
    found = select(found, z.zzzz, lanes == vec4<u32>(count));
    count += accepted(z.z);
    found = select(found, z.wwww, lanes == vec4<u32>(count));
    count += accepted(z.w);
    n++;
    continuing {
      break if count >= 4u;
    }
  }
  return vec4<u32>(
    draw_element(p, found.x),
    draw_element(p, found.y),
    draw_element(p, found.z),
    draw_element(p, found.w),
  );
}
