// randint: low + floor(w span / 2^32) for the element's word w, which is drawn again where it would
// favour an integer (Lemire, "Fast random integer generation in an interval", TOMACS 2019). So every
// integer has the same number of words. Most spans reject so few that a plain loop around the block would
// cost more: a loop that hardly ever turns takes as long as the block itself.

import package::entry::dispatch::{Dispatch, key_of};
import package::shared::candidate::{Candidate, Candidates};
import package::shared::mul::mul_hi4;
import package::shared::stream::stream_block;

struct Params {
  @size(48) at: Dispatch,
  low: u32,
  span: u32,      // 0 for 2^32
  threshold: u32, // 2^32 mod span
}

fn candidates_of(p: Params, w: vec4<u32>) -> Candidates {
  let offset = select(mul_hi4(w, p.span), w, vec4<bool>(p.span == 0u));
  return Candidates(p.low + offset, vec4<u32>(w * p.span < vec4<u32>(p.threshold)));
}

/// Attempt 0 of the four elements of a block.
fn draw_block(p: Params, counter: vec2<u32>) -> Candidates {
  return candidates_of(p, stream_block(key_of(p.at), counter, 0u));
}

/// A later attempt of the element of one lane.
fn draw_lane(p: Params, counter: vec2<u32>, lane: u32, attempt: u32) -> Candidate {
  let all = candidates_of(p, stream_block(key_of(p.at), counter, attempt));
  return Candidate(all.elements[lane], all.rejected[lane] != 0u);
}
