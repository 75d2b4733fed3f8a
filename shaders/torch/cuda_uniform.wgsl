// torch.rand on a CUDA device: curand's uniform in (0, 1], times the width plus the lower end, rounded once. What is
// the upper end becomes the lower one.

import package::entry::dispatch::{Dispatch, key_of};
import package::streams::float32::rounded;
import package::shared::affine::{Affine, affine};
import package::shared::leading_zeros::leading_zeros;
import package::torch::cuda_words::draw_of;

struct Params {
  @size(48) at: Dispatch,
  threads: u32,
  offset_lo: u32,
  offset_hi: u32,
  low: u32,       // float32 bits of the ends, rounded to the dtype
  high: u32,
  top: u32,       // the value of the uniform 1
  // The affine map low + width * x / 2^32. A struct would have to begin at a multiple of 16 bytes.
  map_offset_lo: u32,
  map_offset_mid: u32,
  map_offset_hi: u32,
  map_scale_lo: u32,
  map_scale_hi: u32,
  map_exponent: i32,
}

/// The map of x / 2^halvings, where there is one or none.
fn halved(p: Params, halvings: u32) -> Affine {
  return Affine(
    p.map_offset_lo << halvings,
    (p.map_offset_mid << halvings) | ((p.map_offset_lo >> 31u) & halvings),
    (p.map_offset_hi << halvings) | ((p.map_offset_mid >> 31u) & halvings),
    p.map_scale_lo,
    p.map_scale_hi,
    p.map_exponent - i32(halvings),
  );
}

fn draw_element(p: Params, element: u32) -> u32 {
  let drawn = draw_of(key_of(p.at), p.threads, vec2<u32>(p.offset_lo, p.offset_hi), element);
  let word = drawn.words[drawn.lane];
  // The float32 nearest to (word + 1/2) / 2^32 as curand computes it, which rounds a long word first.
  let small = word < 0x1000000u;
  let odd = select(2u * word + 1u, 2u * (word + (word & 1u)), word >= 0x800000u); // times 2^33
  let lost = 8u - min(leading_zeros(word), 8u);
  let unit = 1u << lost;
  let even = (word + (unit >> 1u) - 1u + ((word >> lost) & 1u)) & ~(unit - 1u); // times 2^32
  let value = rounded(affine(halved(p, select(0u, 1u, small)), false, select(even, odd, small)));
  let wrapped = select(value, p.low, value == p.high);
  return select(wrapped, p.top, !small & (even == 0u));
}

/// The four elements of a block, as float32 bits.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let first = counter.x * 4u;
  return vec4<u32>(
    draw_element(p, first),
    draw_element(p, first + 1u),
    draw_element(p, first + 2u),
    draw_element(p, first + 3u),
  );
}
