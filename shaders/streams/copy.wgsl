// copy: values that the host computes, as float32 bits or words, for generators whose words follow one another.

import package::entry::dispatch::Dispatch;

struct Params {
  @size(48) at: Dispatch,
  from_block: u32, // the lower word of the block that the values begin with
}

@group(0) @binding(2) var<storage, read> values: array<vec4<u32>>;

/// The four elements of a block. A block before the first or after the last has no element that is stored.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  return values[min(counter.x - p.from_block, arrayLength(&values) - 1u)];
}
