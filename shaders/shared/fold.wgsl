// The derivation of keys, as `Key.fold` does it on the host: section 2 of the stream contract.

import package::shared::philox::philox4x32;

/// The key of an integer below a key. Both have 64 bits, low word first.
fn fold_integer(key: vec2<u32>, n: vec2<u32>) -> vec2<u32> {
  return philox4x32(vec4<u32>(n, 0u, 0xffffffffu), key).xy;
}

/// The key of a piece of a name below a key: 12 bytes, and 1 + the number of bytes from this piece on.
fn fold_piece(key: vec2<u32>, piece: vec4<u32>) -> vec2<u32> {
  return philox4x32(piece, key).xy;
}
