// eye: `word` on the main diagonal of a row-major matrix, and zero elsewhere. Diagonal elements
// are columns + 1 apart. In the kernel of a convolution the diagonal repeats for each group of
// channels. The host finds where a repeat begins in this row of workgroups, and the end, so that
// no 64-bit division is needed here.

import package::entry::dispatch::Dispatch;
import package::entry::store::FORMAT;

struct Params {
  @size(48) at: Dispatch,
  word: u32,           // the diagonal element, in the lower 16 bits where FORMAT
  diagonal_first: u32, // slot where a repeat begins; one before slot 0 wraps around
  diagonal_end: u32,   // there is no diagonal element from this slot on
  diagonal_step: u32,
  diagonal_period: u32, // the slots from one repeat to the next
  @size(12) diagonal_length: u32, // the slots from the first element of a repeat to its last one, both included
}

fn element(p: Params, slot: u32) -> u32 {
  let after = slot - p.diagonal_first; // A slot before the first repeat wraps around, beyond every end.
  let at = after % p.diagonal_period;
  let on = (after < p.diagonal_end - p.diagonal_first) & (at < p.diagonal_length) & (at % p.diagonal_step == 0u);
  return select(0u, p.word, on);
}

/// The word that holds slot `w`, or slots 2w and 2w + 1 where FORMAT.
fn element_word(p: Params, w: u32) -> u32 {
  var word: u32;
  if (FORMAT == 0u) {
    word = element(p, w);
  } else {
    word = element(p, 2u * w) | (element(p, 2u * w + 1u) << 16u);
  }
  return word;
}

/// The 16 bytes of a group.
fn draw_group(p: Params, group: u32) -> vec4<u32> {
  let w = 4u * group;
  return vec4<u32>(element_word(p, w), element_word(p, w + 1u), element_word(p, w + 2u), element_word(p, w + 3u));
}
