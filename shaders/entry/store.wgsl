// The binding of the output, and how groups are stored in it. Groups inside of a range are
// whole and are stored as vectors. EDGE is the variant for the ragged first and last group
// of a range, which leaves the bytes beside the range as they are.

import package::entry::dispatch::Dispatch;
import package::shared::float::float32_to_float16;
import package::shared::float::float32_to_bfloat16;

const FLOAT16: u32 = 1u;
const BFLOAT16: u32 = 2u;

/// 0 for elements of 32 bits, which are stored as they are; otherwise FLOAT16 or BFLOAT16.
override HALF: u32 = 0u;

@if(EDGE) @group(0) @binding(0) var<storage, read_write> output: array<u32>;
@if(!EDGE) @group(0) @binding(0) var<storage, read_write> output: array<vec4<u32>>;

/// The bit pattern of a float32, rounded to that of a half.
fn half(bits: u32) -> u32 {
  var rounded: u32;
  if (HALF == FLOAT16) {
    rounded = float32_to_float16(bits);
  } else {
    rounded = float32_to_bfloat16(bits);
  }
  return rounded;
}

/// Two float32 bit patterns as two halves in one word, the first in the lower 16 bits.
fn pack(a: u32, b: u32) -> u32 {
  return half(a) | (half(b) * 0x10000u);
}

/// Eight float32 bit patterns as one group of halves.
fn pack_group(a: vec4<u32>, b: vec4<u32>) -> vec4<u32> {
  return vec4<u32>(pack(a.x, a.y), pack(a.z, a.w), pack(b.x, b.y), pack(b.z, b.w));
}

@if(!EDGE) fn store(at: Dispatch, group: u32, words: vec4<u32>) {
  output[at.base + group] = words;
}

@if(EDGE) fn store(at: Dispatch, group: u32, words: vec4<u32>) {
  for (var i = 0u; i < 4u; i++) {
    let word = 4u * group + i;
    let index = 4u * at.base + word;
    if (HALF == 0u) {
      if ((word >= at.first) & (word < at.end)) {
        output[index] = words[i];
      }
    } else {
      let low = (2u * word >= at.first) & (2u * word < at.end);
      let high = (2u * word + 1u >= at.first) & (2u * word + 1u < at.end);
      let mask = select(0u, 0xffffu, low) | select(0u, 0xffff0000u, high);
      if (mask != 0u) {
        output[index] = (output[index] & ~mask) | (words[i] & mask);
      }
    }
  }
}

/// One element of a group that this invocation has stored.
@if(!EDGE) fn store_element(at: Dispatch, slot: u32, bits: u32) {
  if (HALF == 0u) {
    output[at.base + (slot >> 2u)][slot & 3u] = bits;
  } else {
    let index = at.base + (slot >> 3u);
    let component = (slot >> 1u) & 3u;
    let shift = 16u * (slot & 1u);
    output[index][component] = (output[index][component] & ~(0xffffu << shift)) | (half(bits) << shift);
  }
}

@if(EDGE) fn store_element(at: Dispatch, slot: u32, bits: u32) {
  if ((slot < at.first) | (slot >= at.end)) {
    return;
  }
  if (HALF == 0u) {
    output[4u * at.base + slot] = bits;
  } else {
    let index = 4u * at.base + slot / 2u;
    let shift = 16u * (slot & 1u);
    output[index] = (output[index] & ~(0xffffu << shift)) | (half(bits) << shift);
  }
}
