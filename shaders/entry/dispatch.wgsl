// What one row of workgroups computes. A dispatch has one row, or several where tensors are small.
// The output is cut into groups of 16 bytes, which hold 4 elements of 32 bits or 8 halves, and the
// invocations of a row take the groups in turn. A slot is the place of an element, counted from
// the first group of the row.

/// A dispatch has at most so many rows. Each has parameters of its own in the uniform.
const ROWS: u32 = 8u;

/// The invocations of a workgroup.
override WORKGROUP_SIZE: u32 = 64u;

/// Whether slot 0 lies inside its block (lane > 0), so that four slots span two blocks.
override REALIGN: bool = false;

/// Whether the low words of the row's block indices wrap around. Where they do not, all blocks have one high
/// word, and a product in the second round of Philox is the same for all.
override CARRY: bool = true;

struct Dispatch {
  key_lo: u32,   // the key of the stream, 64 bits
  key_hi: u32,
  block_lo: u32, // the Philox block of slot 0, 64 bits
  block_hi: u32,
  lane: u32,     // the lane of slot 0 in that block, 0 unless REALIGN
  groups: u32,   // how many groups this row writes
  base: u32,     // index of the row's first group within the binding
  first: u32,    // for edges: slots in [first, end) are written, all others keep their bytes
  end: u32,
}

/// The key of the row's stream, low word first.
fn key_of(at: Dispatch) -> vec2<u32> {
  return vec2<u32>(at.key_lo, at.key_hi);
}

/// The 64-bit index of the block `n` blocks after that of slot 0, low word first.
fn block_at(at: Dispatch, n: u32) -> vec2<u32> {
  let lo = at.block_lo + n;
  return vec2<u32>(lo, at.block_hi + select(0u, 1u, CARRY & (lo < n)));
}

/// Four consecutive elements that begin at `lane` of block `a` and run on into block `b`.
fn realign(a: vec4<u32>, b: vec4<u32>, lane: u32) -> vec4<u32> {
  let odd = (lane & 1u) != 0u;
  let head = select(a, vec4<u32>(a.yzw, b.x), odd);
  let tail = select(b.xy, b.yz, odd);
  return select(head, vec4<u32>(head.zw, tail), (lane & 2u) != 0u);
}
