// The entry points of the kernels that reject candidates. `package::draw` is the kernel that is being
// linked (tools/wgsl_plugin.ts).
//
// An invocation first draws up to 32 elements, stores them all and keeps a mask of the
// rejected ones. Then these are drawn again, one by one. So an invocation does not wait for each unlucky
// element of its neighbours. With `main` each draws its own again, and waits for the neighbour with
// the most of them. With `main_compacted` they go through a queue, by which the workgroup shares them
// evenly. Its barriers cost little on GPUs and much on software drivers. Both compute the same bits.

import package::draw::{Params, draw_block, draw_lane};
import package::shared::candidate::{Candidate, Candidates};
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

/// Bits of a slot in its group: a group has 4, 8 or 16 slots.
fn slot_bits() -> u32 {
  return select(select(3u, 4u, FORMAT == BYTES), 2u, FORMAT == 0u);
}

/// Stores attempt 0 of the groups `first`, `first` + `stride` and so on, up to 32 slots. In the mask that it
/// returns, bit b stands for slot b % slots of the group first + (b / slots) * stride, with
/// slots = 2^slot_bits.
fn store_groups(p: Params, first: u32, stride: u32) -> u32 {
  var rejected = 0u;
  var group = first;
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
  return rejected;
}

fn draw_again(p: Params, slot: u32, attempt: u32) -> Candidate {
  let place = slot + p.at.lane;
  return draw_lane(p, block_at(p.at, place >> 2u), place & 3u, attempt);
}

/// Draws and stores the slots of a mask until none is rejected. There is one loop for slots and
/// attempts, so that each invocation is at its own attempt. Shifts replace divisions, because software
/// drivers divide even by constants.
fn store_again(p: Params, rejected: u32, first: u32, stride: u32) {
  var left = rejected;
  var attempt = 1u;
  loop {
    let bit = firstTrailingBit(left);
    let group = first + (bit >> slot_bits()) * stride;
    let slot = (group << slot_bits()) + (bit & ((1u << slot_bits()) - 1u));
    let candidate = draw_again(p, slot, attempt);
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
  let stride = workgroups.x * WORKGROUP_SIZE;
  var first = id.x;
  if (first >= p.at.groups) {
    return;
  }
  loop {
    let rejected = store_groups(p, first, stride);
    if (rejected != 0u) {
      store_again(p, rejected, first, stride);
    }
    continuing {
      first += (32u >> slot_bits()) * stride;
      break if first >= p.at.groups;
    }
  }
}

/// Groups with rejected slots. In the lower 16 bits an item has the mask of these slots. Above them it
/// has which of the invocation's groups it is, from 0 to 7, and from bit 20 on the invocation. Items are
/// whole groups, because a write to a component of a vector may write all of the vector, and two
/// invocations must not do so at once.
@if(!EDGE) var<workgroup> queue: array<u32, 8u * WORKGROUP_SIZE>;

/// How many items are in the queue. It is below 0 while invocations find it empty.
@if(!EDGE) var<workgroup> queued: atomic<i32>;

/// Puts the groups of an invocation's mask into the queue.
@if(!EDGE) fn enqueue(rejected: u32, invocation: u32) {
  let slots = (1u << (1u << slot_bits())) - 1u;
  var left = rejected;
  while (left != 0u) {
    let n = firstTrailingBit(left) >> slot_bits();
    let lowest = n << slot_bits();
    queue[atomicAdd(&queued, 1)] = ((left >> lowest) & slots) | (n << 16u) | (invocation << 20u);
    left &= ~(slots << lowest);
  }
}

/// Takes items until the queue is empty, and draws and stores the slots of each until none is rejected.
@if(!EDGE) fn store_queued(p: Params, first: u32, stride: u32) {
  var item = 0u;
  var attempt = 0u;
  loop {
    if ((item & 0xffffu) == 0u) {
      let last = atomicSub(&queued, 1);
      if (last <= 0) {
        break;
      }
      item = queue[last - 1];
    }
    let group = first + (item >> 20u) + ((item >> 16u) & 15u) * stride;
    let slot = (group << slot_bits()) + firstTrailingBit(item);
    attempt++;
    let candidate = draw_again(p, slot, attempt);
    if (!candidate.rejected) {
      store_element(p.at, slot, candidate.element);
      item &= item - 1u;
      attempt = 0u;
    }
  }
  atomicAdd(&queued, 1); // as if it had not been found empty
}

@if(!EDGE) @compute @workgroup_size(WORKGROUP_SIZE)
fn main_compacted(
  @builtin(local_invocation_id) id: vec3<u32>,
  @builtin(workgroup_id) workgroup_id: vec3<u32>,
  @builtin(num_workgroups) workgroups: vec3<u32>,
) {
  let p = rows[workgroup_id.y].params;
  let stride = workgroups.x * WORKGROUP_SIZE;
  // The first group is the workgroup's, and not the invocation's, so that all invocations meet the barriers.
  for (var first = workgroup_id.x * WORKGROUP_SIZE; first < p.at.groups; first += (32u >> slot_bits()) * stride) {
    if (first + id.x < p.at.groups) {
      enqueue(store_groups(p, first + id.x, stride), id.x);
    }
    storageBarrier(); // Other invocations store over what was stored.
    workgroupBarrier();
    store_queued(p, first, stride);
    workgroupBarrier();
  }
}
