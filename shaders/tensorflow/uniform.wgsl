// tf.random.stateless_uniform: u * (high - low) + low, where u has the lower bits of the word, as many as the dtype's
// mantissa, and each operation is rounded to the dtype.

import package::entry::dispatch::Dispatch;
import package::entry::store::{BFLOAT16, FLOAT16, FORMAT};
import package::tensorflow::arithmetic::scale_shift;
import package::tensorflow::block::block_of;

struct Params {
  @size(48) at: Dispatch,
  upper_lo: u32,
  upper_hi: u32,
  scale: u32, // high - low, as float32 bits
  shift: u32, // low
}

fn draw_element(p: Params, word: u32) -> u32 {
  var bits = 23u;
  if (FORMAT == FLOAT16) {
    bits = 10u;
  } else if (FORMAT == BFLOAT16) {
    bits = 7u;
  }
  // At most 24 bits convert exactly, and the power of two scales them exactly.
  let u = f32(i32(word & ((1u << bits) - 1u))) * bitcast<f32>((127u - bits) << 23u);
  return scale_shift(bitcast<u32>(u), p.scale, p.shift);
}

/// The four elements of a block, as float32 bits.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let w = block_of(p.at, counter, p.upper_lo, p.upper_hi);
  return vec4<u32>(draw_element(p, w.x), draw_element(p, w.y), draw_element(p, w.z), draw_element(p, w.w));
}
