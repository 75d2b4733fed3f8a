// jax.random.randint: low + (2^32 higher + lower) mod span, where JAX takes a product of remainders modulo 2^32.
// The two words of an element come from the two keys that the key is split into.

import package::entry::dispatch::Dispatch;
import package::streams::threefry::stream_block;

struct Params {
  @size(48) at: Dispatch,
  higher_lo: u32, // the keys, low word first
  higher_hi: u32,
  lower_lo: u32,
  lower_hi: u32,
  low: u32,
  span: u32,       // 0 stands for 2^32
  multiplier: u32, // 2^32 mod span, as JAX has it
}

/// The remainders by the span.
fn remainders(p: Params, x: vec4<u32>) -> vec4<u32> {
  return select(x % vec4<u32>(max(p.span, 1u)), x, vec4<bool>(p.span == 0u));
}

/// The four elements of a block, as words.
fn draw_block(p: Params, counter: vec2<u32>) -> vec4<u32> {
  let higher = stream_block(vec2<u32>(p.higher_lo, p.higher_hi), counter, 0u);
  let lower = stream_block(vec2<u32>(p.lower_lo, p.lower_hi), counter, 0u);
  return p.low + remainders(p, remainders(p, higher) * p.multiplier + remainders(p, lower));
}
