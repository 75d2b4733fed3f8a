// The least score of each row that top-k, top-p and min-p leave. A workgroup works on a row.
//
// All three keep a number of the best. So each is a limit of the rank of a logit, which is how far its score is
// below the largest one. The limits of top-k and top-p are found digit by digit, from the highest on: a histogram
// has the weight of the logits by the next digit of their ranks. Weights are integers, so that their sums do not
// depend on an order.

import package::operations::logits::{logit_in, word_of};
import package::operations::score::{eligible, less, negated, score};
import package::operations::winner::{Candidate, NO_CANDIDATE, WORKGROUP_SIZE, best_of_workgroup, better};
import package::shared::exp2::exp2_digits;
import package::shared::mul::mul_hi;

struct Params {
  vocabulary: u32,
  base: u32,     // index of the first logit within the binding
  scale: u32,    // 1 / T, see score.wgsl
  exponent: i32,
  top_k: u32,    // 0 for all
  top_p: u32,    // 32 fractional bits, 0 for all
  min_p: u32,    // the largest rank that min-p leaves
  inverse: f32,  // about 1 / T
  unsure: u32,   // float32 bits from which on floats are not near the score
  samples: u32,  // as in categorical.wgsl
  phase: u32,
}

@group(0) @binding(0) var<storage, read_write> limits: array<vec2<u32>>;
@group(0) @binding(1) var<storage, read> logits: array<u32>;
@group(0) @binding(2) var<uniform> p: Params;

/// Ranks have 26 fractional bits, and this one stands for all from 32 on.
const LAST_RANK: u32 = 0x7fffffffu;
const LOG2_E: u32 = 0xb8aa3b29u; // 31 fractional bits

var<workgroup> largest: vec2<u32>;
var<workgroup> about_largest: f32;
var<workgroup> low: array<atomic<u32>, 256>;  // the weight of each digit
var<workgroup> high: array<atomic<u32>, 256>;
var<workgroup> path: u32;          // the digits of the limit that are found
var<workgroup> left: vec2<u32>;    // the weight that is still to be reached

fn bits_at(start: u32, column: u32) -> u32 {
  let index = start + column;
  return logit_in(logits[word_of(index)], index);
}

/// The rank of an eligible logit.
fn rank_of(bits: u32) -> u32 {
  let s = negated(score(bits, p.scale, p.exponent));
  let lo = largest.x + s.x;
  let hi = largest.y + s.y + select(0u, 1u, lo < s.x);
  return select(min(lo, LAST_RANK), LAST_RANK, hi != 0u);
}

/// Whether the rank of a logit may lie in [low, high]. Floats tell it for most, with a margin far above their errors.
fn may_lie_in(bits: u32, low_rank: f32, high_rank: f32) -> bool {
  let about = bitcast<f32>(bits) * p.inverse;
  let rank = about_largest - about;
  let margin = (abs(about) + abs(about_largest)) * 0x1p-18 + 0.0625;
  let inside = (rank + margin >= low_rank) & (rank - margin <= high_rank);
  return inside | ((bits & 0x7fffffffu) >= p.unsure);
}

/// e^-rank with 31 fractional bits.
fn weight_of(rank: u32) -> u32 {
  let hi = mul_hi(rank, LOG2_E);
  let fraction = (hi << 7u) | ((rank * LOG2_E) >> 25u);
  let shift = (hi >> 25u) + select(1u, 0u, fraction == 0u);
  return select(exp2_digits(vec2(0u - fraction)).x >> (shift & 31u), 0u, shift > 31u);
}

/// The least rank at which the weights of the ranks up to it reach `share` of all, or, without weights, their
/// number reaches `share`. Ranks above `most` do not count.
fn limit_of(thread: u32, start: u32, most: u32, share: u32, weighted: bool) -> u32 {
  for (var digit = 4u; digit > 0u; digit--) {
    let shift = 8u * (digit - 1u);
    // The digits above this one.
    let above = select(0xffffff00u << shift, 0u, digit == 4u);
    let begin = path;
    let low_rank = f32(begin) * 0x1p-26;
    // Beyond a rank of 22 there are no weights, and the last rank stands for all that follow.
    let farthest = select(select(1.0e30, f32(most) * 0x1p-26, most < LAST_RANK), 22.0, weighted);
    let high_rank = min(farthest, select(low_rank + f32(256u << shift) * 0x1p-26, 1.0e30, digit == 4u));
    let open = select(high_rank, 1.0e30, !weighted & ((begin | ~above) >= LAST_RANK));
    for (var bin = thread; bin < 256u; bin += WORKGROUP_SIZE) {
      atomicStore(&low[bin], 0u);
      atomicStore(&high[bin], 0u);
    }
    workgroupBarrier();
    for (var column = thread; column < p.vocabulary; column += WORKGROUP_SIZE) {
      let bits = bits_at(start, column);
      if (!may_lie_in(bits, low_rank, open)) {
        continue;
      }
      let rank = rank_of(bits);
      if (eligible(bits) & (rank <= most) & (((rank ^ path) & above) == 0u)) {
        let weight = select(1u, weight_of(rank), weighted);
        let bin = (rank >> shift) & 255u;
        let before = atomicAdd(&low[bin], weight);
        if (before + weight < before) {
          atomicAdd(&high[bin], 1u);
        }
      }
    }
    workgroupBarrier();
    if (thread == 0u) {
      if (digit == 4u) {
        left = goal(share, weighted);
      }
      descend(shift);
    }
    workgroupBarrier();
  }
  let limit = path;
  workgroupBarrier();
  return limit;
}

/// The weight that is to be reached: all that the histogram has, or less.
fn goal(share: u32, weighted: bool) -> vec2<u32> {
  var all_weight = vec2<u32>(0u);
  for (var bin = 0u; bin < 256u; bin++) {
    all_weight = sum(all_weight, vec2<u32>(atomicLoad(&low[bin]), atomicLoad(&high[bin])));
  }
  // share / 2^32 of it, rounded up.
  let rest = all_weight.x * share;
  let part = sum(vec2<u32>(mul_hi(all_weight.x, share), 0u), vec2<u32>(all_weight.y * share, mul_hi(all_weight.y, share)));
  let rounded_up = sum(part, vec2<u32>(select(0u, 1u, rest != 0u), 0u));
  return select(vec2<u32>(min(share, all_weight.x), 0u), rounded_up, weighted);
}

fn sum(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let lo = a.x + b.x;
  return vec2<u32>(lo, a.y + b.y + select(0u, 1u, lo < a.x));
}

/// Goes to the digit at which what is left is reached.
fn descend(shift: u32) {
  var rest = left;
  var bin = 0u;
  loop {
    let weight = vec2<u32>(atomicLoad(&low[bin]), atomicLoad(&high[bin]));
    if (!less(weight, rest) | (bin == 255u)) {
      break;
    }
    rest = sum(rest, negated(weight));
    bin++;
  }
  left = rest;
  path |= bin << shift;
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3<u32>) {
  let start = p.base + (p.phase + group.x) / p.samples * p.vocabulary;
  var own = NO_CANDIDATE;
  for (var column = thread; column < p.vocabulary; column += WORKGROUP_SIZE) {
    let bits = bits_at(start, column);
    if (eligible(bits)) {
      own = better(own, Candidate(score(bits, p.scale, p.exponent), column));
    }
  }
  own = best_of_workgroup(thread, own);
  if (thread == 0u) {
    largest = own.value;
    about_largest = f32(i32(own.value.y)) * 64.0 + f32(own.value.x) * 0x1p-26;
    path = 0u;
  }
  workgroupBarrier();
  var most = LAST_RANK;
  if (p.top_k != 0u) {
    most = limit_of(thread, start, most, p.top_k, false);
  }
  if (p.top_p != 0u) {
    if (thread == 0u) {
      path = 0u;
    }
    workgroupBarrier();
    most = limit_of(thread, start, most, p.top_p, true);
  }
  most = min(most, p.min_p);
  if (thread == 0u) {
    let least = sum(largest, negated(vec2<u32>(most, 0u)));
    limits[group.x] = select(least, vec2<u32>(0u, 0x80000000u), most == LAST_RANK);
  }
}
