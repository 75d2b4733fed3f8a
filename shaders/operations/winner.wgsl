// The choice of a row: the candidate of the largest value, and of equal ones that of the lowest column.

import package::operations::score::less;

/// The column of a row that has no candidate.
const NONE: u32 = 0xffffffffu;

struct Candidate {
  value: vec2<u32>, // a signed integer, low word first
  column: u32,
}

const NO_CANDIDATE = Candidate(vec2<u32>(0u, 0x80000000u), NONE);

fn better(a: Candidate, b: Candidate) -> Candidate {
  let same = all(a.value == b.value);
  let second = less(a.value, b.value) | (same & (b.column < a.column));
  return Candidate(select(a.value, b.value, second), select(a.column, b.column, second));
}

override WORKGROUP_SIZE: u32 = 256u;

var<workgroup> candidates: array<vec4<u32>, 256>;

/// The candidates are compared in two steps, of so many at a time.
const LANES: u32 = 16u;

/// The best candidate of all invocations of the workgroup, in its first invocation. There are few barriers, at which
/// software drivers put each invocation aside.
fn best_of_workgroup(thread: u32, own: Candidate) -> Candidate {
  candidates[thread] = vec4<u32>(own.value, own.column, 0u);
  workgroupBarrier();
  var best = own;
  if (thread < LANES) {
    best = best_of(thread, WORKGROUP_SIZE, LANES);
    candidates[thread] = vec4<u32>(best.value, best.column, 0u);
  }
  workgroupBarrier();
  if (thread == 0u) {
    best = best_of(0u, min(LANES, WORKGROUP_SIZE), 1u);
  }
  return best;
}

fn best_of(first: u32, end: u32, stride: u32) -> Candidate {
  var found = NO_CANDIDATE;
  for (var i = first; i < end; i += stride) {
    let other = candidates[i];
    found = better(found, Candidate(other.xy, other.z));
  }
  return found;
}
