// The binding of the output, and how groups are stored in it. Groups inside of a range are
// whole and are stored as vectors. EDGE is the variant for the ragged first and last group
// of a range, which leaves the bytes beside the range as they are.

import package::entry::dispatch::Dispatch;
import package::shared::float::float32_to_float16;
import package::shared::float::float32_to_bfloat16;

const FLOAT16: u32 = 1u;
const BFLOAT16: u32 = 2u;
const BYTES: u32 = 3u;

/// 0 for elements of 32 bits, which are stored as they are; otherwise FLOAT16 or BFLOAT16 for halves, or
/// BYTES for the lowest bytes of words.
override FORMAT: u32 = 0u;

@if(EDGE) @group(0) @binding(0) var<storage, read_write> output: array<u32>;
@if(!EDGE) @group(0) @binding(0) var<storage, read_write> output: array<vec4<u32>>;

/// The bit pattern of a float32, rounded to that of a half.
fn half(bits: u32) -> u32 {
  var rounded: u32;
  if (FORMAT == FLOAT16) {
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

/// The lowest bytes of four words in one word, the first in the lowest byte.
fn pack_bytes(words: vec4<u32>) -> u32 {
  let bytes = words & vec4<u32>(0xffu);
  return bytes.x | (bytes.y * 0x100u) | (bytes.z * 0x10000u) | (bytes.w * 0x1000000u);
}

@if(!EDGE) fn store(at: Dispatch, group: u32, words: vec4<u32>) {
  output[at.base + group] = words;
}

/// The bits of a word of a group that lie in slots [first, end), where a word has several elements.
@if(EDGE) fn written_bits(at: Dispatch, word: u32) -> u32 {
  let per_word = select(2u, 4u, FORMAT == BYTES);
  let width = 32u / per_word;
  var mask = 0u;
  for (var j = 0u; j < per_word; j++) {
    let slot = per_word * word + j;
    let within = (slot >= at.first) & (slot < at.end);
    mask |= select(0u, (0xffffffffu >> (32u - width)) << (width * j), within);
  }
  return mask;
}

@if(EDGE) fn store(at: Dispatch, group: u32, words: vec4<u32>) {
  for (var i = 0u; i < 4u; i++) {
    let word = 4u * group + i;
    let index = 4u * at.base + word;
    if (FORMAT == 0u) {
      if ((word >= at.first) & (word < at.end)) {
        output[index] = words[i];
      }
    } else {
      let mask = written_bits(at, word);
      if (mask != 0u) {
        output[index] = (output[index] & ~mask) | (words[i] & mask);
      }
    }
  }
}

/// One element of a group that has been stored.
@if(!EDGE) fn store_element(at: Dispatch, slot: u32, bits: u32) {
  if (FORMAT == 0u) {
    output[at.base + (slot >> 2u)][slot & 3u] = bits;
  } else if (FORMAT == BYTES) {
    let index = at.base + (slot >> 4u);
    let component = (slot >> 2u) & 3u;
    let shift = 8u * (slot & 3u);
    output[index][component] = (output[index][component] & ~(0xffu << shift)) | ((bits & 0xffu) << shift);
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
  if (FORMAT == 0u) {
    output[4u * at.base + slot] = bits;
  } else if (FORMAT == BYTES) {
    let index = 4u * at.base + slot / 4u;
    let shift = 8u * (slot & 3u);
    output[index] = (output[index] & ~(0xffu << shift)) | ((bits & 0xffu) << shift);
  } else {
    let index = 4u * at.base + slot / 2u;
    let shift = 16u * (slot & 1u);
    output[index] = (output[index] & ~(0xffffu << shift)) | (half(bits) << shift);
  }
}
