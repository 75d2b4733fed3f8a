// The entry point of the kernels that reject candidates. `package::draw` is the kernel that is being
// linked (tools/wgsl_plugin.ts).
//
// An invocation first draws up to 32 elements, stores them all and keeps a mask of the
// rejected ones. Then it draws those again, one by one. So an invocation does not wait for
// each unlucky element of its neighbours, but only for the neighbour with the most of them.

import package::draw::{Params, draw_block, draw_lane};
import package::shared::candidate::Candidates;
import package::entry::dispatch::{REALIGN, ROWS, WORKGROUP_SIZE, block_at, realign};
import package::entry::store::{BYTES, FORMAT, pack_bytes, pack_group, store, store_element};

struct Row {
  @size(96) params: Params,
}

@group(0) @binding(1) var<uniform> rows: array<Row, ROWS>;

/// Attempt 0 of slots 4n to 4n + 3.
fn draw_four(p: Params, n: u32) -> Candidates {
  var a = draw_block(p, block_at(p.at, n));
  if (REALIGN) {
    let b = draw_block(p, block_at(p.at, n + 1u));
    let lane = p.at.lane;
    a = Candidates(realign(a.elements, b.elements, lane), realign(a.rejected, b.rejected, lane));
  }
  return a;
}

fn mask_of(rejected: vec4<u32>) -> u32 {
  return rejected.x + rejected.y * 2u + rejected.z * 4u + rejected.w * 8u;
}

/// Stores attempt 0 of a group; returns the mask of its rejected slots.
fn store_first(p: Params, group: u32) -> u32 {
  var rejected: u32;
  if (FORMAT == 0u) {
    let four = draw_four(p, group);
    store(p.at, group, four.elements);
    rejected = mask_of(four.rejected);
  } else if (FORMAT == BYTES) {
    var words = vec4<u32>();
    for (var i = 0u; i < 4u; i++) {
      let four = draw_four(p, 4u * group + i);
      words[i] = pack_bytes(four.elements);
      rejected |= mask_of(four.rejected) << (4u * i);
    }
    store(p.at, group, words);
  } else {
    let low = draw_four(p, 2u * group);
    let high = draw_four(p, 2u * group + 1u);
    store(p.at, group, pack_group(low.elements, high.elements));
    rejected = mask_of(low.rejected) + mask_of(high.rejected) * 16u;
  }
  return rejected;
}

/// Draws and stores rejected slots until none is left. In `rejected`, bit b stands for slot b % slots
/// of the group first + (b / slots) * stride, with slots = 2^slot_bits. There is one loop for slots and
/// attempts, so that each invocation is at its own attempt. Shifts replace divisions, because software
/// drivers divide even by constants.
fn store_again(p: Params, rejected: u32, slot_bits: u32, first: u32, stride: u32) {
  var left = rejected;
  var attempt = 1u;
  loop {
    let bit = firstTrailingBit(left);
    let slot = ((first + (bit >> slot_bits) * stride) << slot_bits) + (bit & ((1u << slot_bits) - 1u));
    let place = slot + p.at.lane;
    let candidate = draw_lane(p, block_at(p.at, place >> 2u), place & 3u, attempt);
    attempt++;
    if (!candidate.rejected) {
      store_element(p.at, slot, candidate.element);
      left &= left - 1u;
      attempt = 1u;
    }
    continuing {
      break if left == 0u;
    }
  }
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(
  @builtin(global_invocation_id) id: vec3<u32>,
  @builtin(workgroup_id) workgroup_id: vec3<u32>,
  @builtin(num_workgroups) workgroups: vec3<u32>,
) {
  let p = rows[workgroup_id.y].params; // read once, and not again for every group
  let slot_bits = select(select(3u, 4u, FORMAT == BYTES), 2u, FORMAT == 0u); // 8, 16 or 4 slots a group
  let stride = workgroups.x * WORKGROUP_SIZE;
  var group = id.x;
  if (group >= p.at.groups) {
    return;
  }
  loop {
    let first = group;
    var rejected = 0u;
    var lowest = 1u; // the lowest bit of the group in the mask; 0 after the last bit of the mask
    loop {
      rejected |= store_first(p, group) * lowest;
      continuing {
        lowest *= select(select(256u, 65536u, FORMAT == BYTES), 16u, FORMAT == 0u);
        group += stride;
        let done = (lowest == 0u) | (group >= p.at.groups);
        break if done;
      }
    }
    if (rejected != 0u) {
      store_again(p, rejected, slot_bits, first, stride);
    }
    continuing {
      break if group >= p.at.groups;
    }
  }
}
