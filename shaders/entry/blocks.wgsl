// Groups of the kernels that draw by the block. `package::draw` is the kernel that is being linked
// (tools/wgsl_plugin.ts).
//
// This module and all that it calls have no branches: select, & and | stand in for if, && and ||.
// SwiftShader's time to compile a loop doubles with every branch in it, and the loop of
// entry/groups.wgsl holds all of this.

import package::draw::{Params, draw_block};
import package::entry::dispatch::{REALIGN, block_at, realign};
import package::entry::store::{BYTES, FORMAT, pack_bytes, pack_group};

/// The four elements of slots 4n to 4n + 3.
fn draw_four(p: Params, n: u32) -> vec4<u32> {
  var elements = draw_block(p, block_at(p.at, n));
  if (REALIGN) {
    elements = realign(elements, draw_block(p, block_at(p.at, n + 1u)), p.at.lane);
  }
  return elements;
}

/// The 16 bytes of a group.
fn draw_group(p: Params, group: u32) -> vec4<u32> {
  var words: vec4<u32>;
  if (FORMAT == 0u) {
    words = draw_four(p, group);
  } else if (FORMAT == BYTES) {
    words = vec4<u32>(
      pack_bytes(draw_four(p, 4u * group)),
      pack_bytes(draw_four(p, 4u * group + 1u)),
      pack_bytes(draw_four(p, 4u * group + 2u)),
      pack_bytes(draw_four(p, 4u * group + 3u)),
    );
  } else {
    words = pack_group(draw_four(p, 2u * group), draw_four(p, 2u * group + 1u));
  }
  return words;
}
