// The best of the candidates that the parts of a row have. A workgroup works on a row.

import package::operations::winner::{Candidate, NO_CANDIDATE, WORKGROUP_SIZE, best_of_workgroup, better};

struct Params {
  parts: u32,
  first: u32, // the index of the first row's result within the binding
}

@group(0) @binding(0) var<storage, read_write> output: array<u32>;
@group(0) @binding(1) var<storage, read> best: array<vec4<u32>>;
@group(0) @binding(2) var<uniform> p: Params;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3<u32>) {
  var own = NO_CANDIDATE;
  for (var part = thread; part < p.parts; part += WORKGROUP_SIZE) {
    let candidate = best[group.x * p.parts + part];
    own = better(own, Candidate(candidate.xyz.xy, candidate.z));
  }
  let all_best = best_of_workgroup(thread, own);
  if (thread == 0u) {
    output[p.first + group.x] = all_best.column;
  }
}
