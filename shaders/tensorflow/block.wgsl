// TensorFlow's words: Philox4x32-10 of the counter (block low, block high, upper), of which the seed gives the key and
// the upper half of the counter.

import package::entry::dispatch::{Dispatch, key_of};
import package::shared::philox::philox4x32;

/// The four words of the block whose 64-bit index is `counter`, low word first.
fn block_of(at: Dispatch, counter: vec2<u32>, upper_lo: u32, upper_hi: u32) -> vec4<u32> {
  return philox4x32(vec4<u32>(counter, upper_lo, upper_hi), key_of(at));
}
