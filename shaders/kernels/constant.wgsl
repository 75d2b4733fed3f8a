// constant: one pattern everywhere. A word holds the pattern of a half twice.

import package::entry::dispatch::Dispatch;

struct Params {
  @size(48) at: Dispatch,
  word: u32,
}

/// The 16 bytes of a group.
fn draw_group(p: Params, group: u32) -> vec4<u32> {
  return vec4<u32>(p.word);
}
