// The best candidate of a part of a row, by the Gumbel-max trick (Gumbel, Statistical theory of extreme
// values, 1954; Maddison, Tarlow and Minka, A* sampling, 2014): the column of the largest score + Gumbel
// deviate is a draw from softmax(logits / T). A row of workgroups makes one choice.
//
// What can win is few. Before anything expensive is computed, floats give an upper bound of what a logit can
// reach, which is compared with what an invocation of the workgroup has reached. The bound has a margin far
// above the errors that WGSL allows. So the floats decide what is computed and never what the result is.

import package::operations::gumbel::gumbel;
import package::operations::logits::{HALF, logit_in, word_of};
import package::operations::score::{MINUS_INFINITY, eligible, less, order, plus, score};
import package::operations::winner::{Candidate, NO_CANDIDATE, NONE, WORKGROUP_SIZE, best_of_workgroup, better};
import package::shared::mul::mul_hi;
import package::shared::stream::stream_block;

/// Whether the temperature is 0: the largest logit wins, and nothing is drawn.
override GREEDY: bool = false;

/// Whether there are limits, below which no score may be.
override LIMITED: bool = false;

struct Params {
  vocabulary: u32,
  base: u32,       // index of the first logit within the binding
  element_lo: u32, // index of the first logit among all elements of the stream
  element_hi: u32,
  parts: u32,      // workgroups of a row
  blocks: u32,     // Philox blocks of an invocation
  scale: u32,      // 1 / T, see score.wgsl
  exponent: i32,
  inverse: f32,    // about 1 / T
  unsure: u32,     // float32 bits from which on the bound does not hold
  samples: u32,    // choices from a row of logits
  phase: u32,      // the first choice among those of its row
}

@group(0) @binding(0) var<storage, read_write> best: array<vec4<u32>>;
@if(EDGE) @group(0) @binding(1) var<storage, read> logits: array<u32>;
@if(!EDGE) @group(0) @binding(1) var<storage, read> logits: array<vec2<u32>>;
@group(0) @binding(2) var<storage, read> key: array<u32>;
@group(0) @binding(3) var<storage, read> limits: array<vec2<u32>>;
@group(0) @binding(4) var<uniform> p: Params;

/// What the workgroup has reached, rounded down, with 8 fractional bits.
var<workgroup> reached: atomic<i32>;

/// It stands for nothing that is known.
const LOWEST: i32 = -0x7fffffff - 1;
const LARGEST_GUMBEL: f32 = 22.9;

/// It stands for infinity.
const MOST: f32 = 2.0e30;

/// The float32 bits of four logits from `column` on. Columns outside of the row give minus infinity.
@if(EDGE) fn four_logits(start: u32, column: i32) -> vec4<u32> {
  var four: vec4<u32>;
  for (var lane = 0u; lane < 4u; lane++) {
    let at = column + i32(lane);
    let inside = (at >= 0) & (at < i32(p.vocabulary));
    let index = start + u32(select(0, at, inside));
    four[lane] = select(MINUS_INFINITY, logit_in(logits[word_of(index)], index), inside);
  }
  return four;
}

/// The same where each row is a whole number of vectors.
@if(!EDGE) fn four_logits(start: u32, column: i32) -> vec4<u32> {
  let inside = column < i32(p.vocabulary);
  let index = select(start, start + u32(column), inside);
  var four: vec4<u32>;
  if (HALF == 0u) {
    four = vec4<u32>(logits[index / 2u], logits[index / 2u + 1u]);
  } else {
    let words = logits[index / 4u];
    four = vec4<u32>(logit_in(words.x, 0u), logit_in(words.x, 1u), logit_in(words.y, 0u), logit_in(words.y, 1u));
  }
  return select(vec4(MINUS_INFINITY), four, inside);
}

/// Bounds of the scores of four logits, and whether floats give them.
struct Bounds {
  above: vec4<f32>,
  below: vec4<f32>,
}

/// Those that floats do not bound may be as large as any, but for minus infinity.
fn bounds_of(bits: vec4<u32>) -> Bounds {
  let about = bitcast<vec4<f32>>(bits) * p.inverse;
  let margin = abs(about) * 0x1p-18 + 0.0625;
  let sure = (bits & vec4(0x7fffffffu)) < vec4(p.unsure);
  let most = select(vec4(-MOST), vec4(MOST), bits != vec4(MINUS_INFINITY));
  return Bounds(select(most, about + margin, sure), select(vec4(-MOST), about - margin, sure));
}

/// An upper bound of the Gumbel deviates of four words. -ln u >= 1 - u, and the bits of a float as an integer
/// are a lower bound of its logarithm.
fn largest_gumbel(words: vec4<u32>) -> vec4<f32> {
  let rest = bitcast<vec4<i32>>(vec4<f32>(vec4<i32>(~words >> vec4(1u))));
  return (158.0 - vec4<f32>(rest) * 0x1p-23) * 0.69314724;
}

/// A value with 8 fractional bits, or LOWEST where it does not fit.
fn rounded_down(value: vec2<u32>) -> i32 {
  let hi = i32(value.y);
  let short = i32((value.y << 14u) | (value.x >> 18u));
  return select(select(short, 0x7fffffff, hi >= 0x20000), LOWEST, hi < -0x20000);
}

/// A lower bound, with 8 fractional bits, of what the best of four logits reaches, from lower bounds of their scores.
/// For u >= 1/2, -ln u is at most 1.387 (1 - u), and the bits of a float as an integer are less than 0.087 below its
/// logarithm.
fn least_reach(below: vec4<f32>, words: vec4<u32>) -> i32 {
  let rest = bitcast<vec4<i32>>(vec4<f32>(vec4<i32>((~words >> vec4(1u)) + 1u)));
  let gain = select(vec4(-4.0), (158.0 - vec4<f32>(rest) * 0x1p-23) * 0.69314 - 0.4, words >= vec4(0x80000000u));
  let least = below + gain;
  let most = max(max(least.x, least.y), max(least.z, least.w));
  return select(LOWEST, i32(floor(max(most, -4.0e6) * 256.0)), most > -4.0e6);
}

/// What a bound is compared with: a value with 8 fractional bits, rounded down a little more.
fn bar_of(value: i32) -> f32 {
  let about = f32(value) * 0x1p-8;
  return select(about - abs(about) * 0x1p-18, -0.5 * MOST, value == LOWEST);
}

/// The better of a candidate and a logit.
fn weighed(best_so_far: Candidate, bits: u32, deviate: i32, limit: vec2<u32>, column: u32) -> Candidate {
  let s = score(bits, p.scale, p.exponent);
  let allowed = eligible(bits) & !less(s, limit);
  let value = select(NO_CANDIDATE.value, plus(s, deviate), allowed);
  return better(best_so_far, Candidate(value, select(NONE, column, allowed)));
}

/// The larger of a candidate and a logit. The columns of an invocation increase, so that the first of equal ones stays.
fn larger(best_so_far: Candidate, bits: u32, column: u32) -> Candidate {
  let place = order(bits);
  let more = eligible(bits) & (i32(place) > i32(best_so_far.value.y));
  return Candidate(
    select(best_so_far.value, vec2<u32>(0u, place), more),
    select(best_so_far.column, column, more),
  );
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3<u32>) {
  let row = group.y;
  let start = p.base + (p.phase + row) / p.samples * p.vocabulary;
  let offset_lo = row * p.vocabulary;
  let element_lo = p.element_lo + offset_lo;
  let element_hi = p.element_hi + mul_hi(row, p.vocabulary) + select(0u, 1u, element_lo < offset_lo);
  let lane_of_first = i32(element_lo & 3u);
  let first_block = vec2<u32>((element_lo >> 2u) | (element_hi << 30u), element_hi >> 2u);
  let stream = vec2<u32>(key[0], key[1]);
  var limit = vec2<u32>(0u, 0x80000000u);
  if (LIMITED) {
    limit = limits[row];
  }
  let limit_bar = bar_of(rounded_down(limit));

  if (thread == 0u) {
    atomicStore(&reached, LOWEST);
  }
  workgroupBarrier();
  var own = NO_CANDIDATE;
  for (var step = 0u; step < p.blocks; step++) {
    let n = (group.x * p.blocks + step) * WORKGROUP_SIZE + thread;
    let column = i32(4u * n) - lane_of_first;
    let bits = four_logits(start, column);
    if (GREEDY) {
      let magnitudes = vec4<i32>(bits & vec4(0x7fffffffu));
      let places = select(magnitudes, -magnitudes, bits >= vec4(0x80000000u));
      if (any(places > vec4(i32(own.value.y)))) {
        let first = u32(column);
        own = larger(own, bits.x, first);
        own = larger(own, bits.y, first + 1u);
        own = larger(own, bits.z, first + 2u);
        own = larger(own, bits.w, first + 3u);
      }
    } else {
      let bounds = bounds_of(bits);
      var possible = bounds.above + LARGEST_GUMBEL >= vec4(bar_of(atomicLoad(&reached)));
      if (LIMITED) {
        possible &= bounds.above >= vec4(limit_bar);
      }
      if (any(possible)) {
        let lo = first_block.x + n;
        let counter = vec2<u32>(lo, first_block.y + select(0u, 1u, lo < n));
        let words = stream_block(stream, counter, 0u);
        let most = bounds.above + largest_gumbel(words);
        if (any(possible & (most >= vec4(bar_of(atomicLoad(&reached)))))) {
          if (!LIMITED) {
            atomicMax(&reached, least_reach(bounds.below, words));
          }
          if (any(possible & (most >= vec4(bar_of(atomicLoad(&reached)))))) {
            let a = gumbel(words.xy);
            let b = gumbel(words.zw);
            let first = u32(column);
            own = weighed(own, bits.x, a.x, limit, first);
            own = weighed(own, bits.y, a.y, limit, first + 1u);
            own = weighed(own, bits.z, b.x, limit, first + 2u);
            own = weighed(own, bits.w, b.y, limit, first + 3u);
            atomicMax(&reached, rounded_down(own.value));
          }
        }
      }
    }
  }
  let all_best = best_of_workgroup(thread, own);
  if (thread == 0u) {
    best[row * p.parts + group.x] = vec4<u32>(all_best.value, all_best.column, 0u);
  }
}
