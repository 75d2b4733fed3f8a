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

/// The best candidate of all invocations of the workgroup, in its first invocation.
fn best_of_workgroup(thread: u32, own: Candidate) -> Candidate {
  var best = own;
  for (var half = WORKGROUP_SIZE / 2u; half > 0u; half /= 2u) {
    candidates[thread] = vec4<u32>(best.value, best.column, 0u);
    workgroupBarrier();
    let other = candidates[min(thread + half, WORKGROUP_SIZE - 1u)];
    workgroupBarrier();
    best = better(best, Candidate(other.xy, other.z));
  }
  return best;
}
