// eye: `word` on the main diagonal of a row-major matrix, zero elsewhere. Diagonal
// elements are columns + 1 apart; the host finds the first and the end of them in this
// dispatch, so that no 64-bit division is needed here.

import package::shared::dispatch::{Dispatch, WORKGROUP_SIZE};
import package::shared::store::{HALF, store};

struct Params {
  @size(48) at: Dispatch,
  word: u32,           // the diagonal's element, in the low half where HALF
  diagonal_first: u32, // slot of the first diagonal element
  diagonal_end: u32,   // no diagonal element from this slot on
  diagonal_step: u32,
}

@group(0) @binding(1) var<uniform> params: Params;

fn element(slot: u32) -> u32 {
  let within = (slot >= params.diagonal_first) & (slot < params.diagonal_end);
  let on = within & ((slot - params.diagonal_first) % params.diagonal_step == 0u);
  return select(0u, params.word, on);
}

/// The word that holds slot `w`, or slots 2w and 2w + 1 where HALF.
fn element_word(w: u32) -> u32 {
  if (HALF == 0u) {
    return element(w);
  }
  return element(2u * w) | (element(2u * w + 1u) << 16u);
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) workgroups: vec3<u32>) {
  var group = id.x;
  if (group >= params.at.groups) {
    return;
  }
  loop {
    let w = 4u * group;
    store(params.at, group, vec4<u32>(
      element_word(w), element_word(w + 1u), element_word(w + 2u), element_word(w + 3u)));
    continuing {
      group += workgroups.x * WORKGROUP_SIZE;
      break if group >= params.at.groups;
    }
  }
}
