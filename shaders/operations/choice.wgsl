// Indices that are chosen with replacement. An element has 64 random bits x: the words 2 (i mod 2) and
// 2 (i mod 2) + 1, the higher first, of block i div 2. The index is that of the first threshold above x, or, where
// all are equally likely, floor(x size / 2^64).

import package::shared::mul::mul_hi;
import package::shared::stream::stream_block;

/// Whether all indices are equally likely.
override EQUAL: bool = false;

override WORKGROUP_SIZE: u32 = 64u;

struct Params {
  count: u32,
  base: u32,     // index of the first element within the binding
  block_lo: u32, // the block of the first element, which is its first
  block_hi: u32,
  size: u32,     // of what is chosen from; 0 stands for 2^32
}

@group(0) @binding(0) var<storage, read_write> output: array<u32>;
@group(0) @binding(1) var<storage, read> thresholds: array<vec2<u32>>; // low word first
@group(0) @binding(2) var<storage, read> key: array<u32>;
@group(0) @binding(3) var<uniform> p: Params;

/// Whether a <= b.
fn at_most(a: vec2<u32>, b: vec2<u32>) -> bool {
  return (a.y < b.y) | ((a.y == b.y) & (a.x <= b.x));
}

/// The choice among elements of equal weights: the high word of 64 times 32 bits.
fn equally_chosen(hi: u32, lo: u32) -> u32 {
  let low = mul_hi(lo, p.size);
  let middle = hi * p.size + low;
  let product = mul_hi(hi, p.size) + select(0u, 1u, middle < low);
  return select(product, hi, p.size == 0u);
}

/// The choice by thresholds.
fn chosen_by_weight(hi: u32, lo: u32) -> u32 {
  // The last threshold stands for 2^64.
  let x = vec2<u32>(select(lo, min(lo, 0xfffffffeu), hi == 0xffffffffu), hi);
  var first = 0u;
  var last = p.size - 1u;
  while (first < last) {
    let middle = (first + last) / 2u;
    let above = at_most(thresholds[middle], x);
    first = select(first, middle + 1u, above);
    last = select(middle, last, above);
  }
  return first;
}

fn chosen(hi: u32, lo: u32) -> u32 {
  var element: u32;
  if (EQUAL) {
    element = equally_chosen(hi, lo);
  } else {
    element = chosen_by_weight(hi, lo);
  }
  return element;
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  for (var n = id.x; n < (p.count + 1u) / 2u; n += workgroups.x * WORKGROUP_SIZE) {
    let block_lo = p.block_lo + n;
    let block = vec2<u32>(block_lo, p.block_hi + select(0u, 1u, block_lo < n));
    let words = stream_block(vec2<u32>(key[0], key[1]), block, 0u);
    output[p.base + 2u * n] = chosen(words.x, words.y);
    if (2u * n + 1u < p.count) {
      output[p.base + 2u * n + 1u] = chosen(words.z, words.w);
    }
  }
}
