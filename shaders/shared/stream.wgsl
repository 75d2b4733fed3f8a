// The stream contract's counter: (block low, block high, attempt, 0).

import package::entry::dispatch::Dispatch;
import package::shared::philox::philox4x32;

/// The four words of the block with that 64-bit index. `attempt` is 0 except for the
/// candidates that replace rejected ones.
fn stream_block(at: Dispatch, counter: vec2<u32>, attempt: u32) -> vec4<u32> {
  return philox4x32(vec4<u32>(counter, attempt, 0u), vec2<u32>(at.key_lo, at.key_hi));
}
