// The stream contract's counter: (block low, block high, attempt, 0).

import package::shared::philox::philox4x32;

/// The four words of the block whose 64-bit index is `counter`, low word first. `attempt` is 0 except for the
/// candidates that replace rejected ones.
fn stream_block(key: vec2<u32>, counter: vec2<u32>, attempt: u32) -> vec4<u32> {
  return philox4x32(vec4<u32>(counter, attempt, 0u), key);
}
