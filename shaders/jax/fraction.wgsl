// The random bits that jax.random.uniform takes of an element's word: as many as the dtype has in its mantissa. A
// half takes them from the lower bits of the word, because JAX cuts the word to the size of the dtype first.

import package::entry::store::{BFLOAT16, FLOAT16, FORMAT};

/// The number of those bits.
fn fraction_bits() -> u32 {
  return select(select(23u, 10u, FORMAT == FLOAT16), 7u, FORMAT == BFLOAT16);
}

/// Those bits as an integer.
fn fraction(word: u32) -> u32 {
  let low = select(word >> 6u, word >> 1u, FORMAT == BFLOAT16) & select(0x3ffu, 0x7fu, FORMAT == BFLOAT16);
  return select(low, word >> 9u, FORMAT == 0u);
}
