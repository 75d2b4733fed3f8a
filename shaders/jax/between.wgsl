// jax.random.uniform(low, high) with JAX's roundings. In float32 one of them is for the fused multiply-add of
// XLA's code for CPUs, and in halves the product and the sum are rounded each.

import package::entry::store::FORMAT;
import package::streams::float32::{add, flush, rounded};
import package::jax::fraction::fraction;
import package::shared::affine::{Affine, affine};

/// The float32 bits of the value of a word. The offset of the map is 0 for halves, which add `low` themselves.
fn between(map: Affine, low: u32, word: u32) -> u32 {
  var bits = flush(affine(map, false, fraction(word)));
  if (FORMAT != 0u) {
    bits = rounded(add(rounded(bits), low));
  }
  return bits;
}
