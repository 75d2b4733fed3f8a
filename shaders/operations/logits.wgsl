// Logits of any dtype, as float32 bits.

/// 0 for float32, 1 for float16, 2 for bfloat16.
override HALF: u32 = 0u;

/// The float32 bits of a float16, NaN and subnormals included: every operation on floats is exact.
fn float16_to_float32(half: u32) -> u32 {
  let magnitude = half & 0x7fffu;
  let normal = magnitude * 0x2000u + select(0x38000000u, 0x70000000u, magnitude >= 0x7c00u);
  let subnormal = bitcast<u32>(f32(i32(magnitude)) * 0x1p-24);
  return ((half & 0x8000u) * 0x10000u) | select(subnormal, normal, magnitude >= 0x400u);
}

/// The float32 bits of the element at `index`, where `word` is the word that holds it.
fn logit_in(word: u32, index: u32) -> u32 {
  let half = (word >> (16u * (index & 1u))) & 0xffffu;
  return select(select(half * 0x10000u, float16_to_float32(half), HALF == 1u), word, HALF == 0u);
}

/// The index of the word that holds an element.
fn word_of(index: u32) -> u32 {
  return index >> select(1u, 0u, HALF == 0u);
}
