// The entry point of the operations that change each element by random numbers of its own. `package::draw`
// is the operation that is being linked (tools/wgsl_plugin.ts).
//
// A slot is the place of an element, counted from the first element of its Philox block. An invocation
// takes the slots of a block, or those of four words of halves. No two invocations write the same word.

import package::draw::{Params, apply_block};
import package::operations::logits::{HALF, logit_in, word_of};
import package::shared::float::{float32_to_bfloat16, float32_to_float16};

/// Whether slot 0 is the upper half of a word.
override SHIFTED: bool = false;

@group(0) @binding(0) var<storage, read> key: vec2<u32>;
@group(0) @binding(1) var<storage, read_write> output: array<u32>;
@if(!IN_PLACE) @group(0) @binding(2) var<storage, read_write> input: array<u32>;
@if(!IN_PLACE) @group(0) @binding(3) var<uniform> params: Params;
@if(IN_PLACE) @group(0) @binding(2) var<uniform> params: Params;

@if(!IN_PLACE) fn input_word(index: u32) -> u32 {
  return input[index];
}

@if(IN_PLACE) fn input_word(index: u32) -> u32 {
  return output[index];
}

fn is_written(slot: i32) -> bool {
  return (slot >= params.at.first) & (slot < params.at.end);
}

/// The float32 bits of the element in a slot. Of a slot that is not written they are any.
fn load(slot: i32) -> u32 {
  let index = params.at.input_base + u32(select(params.at.first, slot, is_written(slot)));
  return logit_in(input_word(word_of(index)), index);
}

/// The results in the slots of a block, as float32 bits. The block before the first one may be asked for,
/// too.
fn results(block: i32) -> vec4<u32> {
  let lo = params.at.block_lo + u32(block);
  let carry = select(0u, 1u, (block >= 0) & (lo < params.at.block_lo));
  let borrow = select(0u, 1u, (block < 0) & (lo > params.at.block_lo));
  let slot = 4 * block;
  let x = vec4<u32>(load(slot), load(slot + 1), load(slot + 2), load(slot + 3));
  return apply_block(params, key, vec2<u32>(lo, params.at.block_hi + carry - borrow), x);
}

/// float32 bits as those of a half. What is infinite or no number was a half, and is the same again.
fn half(bits: u32) -> u32 {
  let special = ((bits >> 16u) & 0x8000u) | 0x7c00u | ((bits >> 13u) & 0x3ffu);
  let rounded = select(special, float32_to_float16(bits), (bits & 0x7f800000u) != 0x7f800000u);
  return select(float32_to_bfloat16(bits), rounded, HALF == 1u);
}

fn store_word(slot: i32, bits: u32) {
  if (is_written(slot)) {
    output[params.at.output_base + u32(slot)] = bits;
  }
}

/// Stores two halves, of which the first is the lower half of a word.
fn store_halves(slot: i32, a: u32, b: u32) {
  let mask = select(0u, 0xffffu, is_written(slot)) | select(0u, 0xffff0000u, is_written(slot + 1));
  let index = (params.at.output_base + u32(slot)) >> 1u;
  let word = half(a) | (half(b) << 16u);
  if (mask == 0xffffffffu) {
    output[index] = word;
  } else if (mask != 0u) {
    output[index] = (output[index] & ~mask) | (word & mask);
  }
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let group = i32(id.x);
  if (HALF == 0u) {
    let y = results(group);
    store_word(4 * group, y.x);
    store_word(4 * group + 1, y.y);
    store_word(4 * group + 2, y.z);
    store_word(4 * group + 3, y.w);
  } else {
    let slot = 8 * group;
    let a = results(2 * group);
    let b = results(2 * group + 1);
    if (SHIFTED) {
      store_halves(slot - 1, results(2 * group - 1).w, a.x);
      store_halves(slot + 1, a.y, a.z);
      store_halves(slot + 3, a.w, b.x);
      store_halves(slot + 5, b.y, b.z);
    } else {
      store_halves(slot, a.x, a.y);
      store_halves(slot + 2, a.z, a.w);
      store_halves(slot + 4, b.x, b.y);
      store_halves(slot + 6, b.z, b.w);
    }
  }
}
