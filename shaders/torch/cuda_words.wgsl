// Which words torch's CUDA kernels give an element. Every thread has a Philox subsequence of its own. A wave of
// threads takes the first of its four words for as many elements, then the second, and so on.

import package::shared::philox::philox4x32;

struct Draw {
  words: vec4<u32>, // the four words of the thread
  lane: u32,        // the one that the element has
}

/// @param offset the block that a thread begins with, low word first
fn draw_of(key: vec2<u32>, threads: u32, offset: vec2<u32>, element: u32) -> Draw {
  let wave = element / threads;
  let thread = element - wave * threads;
  let lo = offset.x + (wave >> 2u);
  let hi = offset.y + select(0u, 1u, lo < offset.x);
  return Draw(philox4x32(vec4<u32>(lo, hi, thread, 0u), key), wave & 3u);
}
