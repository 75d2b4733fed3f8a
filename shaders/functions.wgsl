// Random numbers for kernels of one's own. The functions are pure and have no bindings.
// For a key and an element i they give the value that the library gives element i of a
// tensor with that key. The four elements of a block cost hardly more than one.
// Keys and 64-bit indices are vec2<u32>, low word first: a key has Key.from(seed).lo and .hi.

import package::shared::affine::{Affine, scaled};
import package::shared::box_muller::box_muller;
import package::shared::stream::stream_block;

// The host's integers for [0, 1) and for mean 0, stddev 1 (src/arithmetic/affine_map.ts).
const UNIFORM_EXPONENT: i32 = -55;
const NORMAL_EXPONENT: i32 = -51;
const SCALE_ONE: u32 = 0x800000u;
const UNIFORM_WORD_MAX: u32 = 0xffffff7fu; // The next word would round to 1.

/// The block that holds an element; its lane there is `element.x & 3u`.
fn block_of(element: vec2<u32>) -> vec2<u32> {
  return vec2<u32>((element.x >> 2u) | (element.y << 30u), element.y >> 2u);
}

/// Random words: the elements 4 block to 4 block + 3 of `bits`.
fn bits_block(key: vec2<u32>, block: vec2<u32>) -> vec4<u32> {
  return stream_block(key, block, 0u);
}

/// The random word of an element.
fn bits_at(key: vec2<u32>, element: vec2<u32>) -> u32 {
  return bits_block(key, block_of(element))[element.x & 3u];
}

/// Whether an event of the probability `threshold` / 2^32 takes place.
fn bernoulli_at(key: vec2<u32>, element: vec2<u32>, threshold: u32) -> bool {
  return bits_at(key, element) < threshold;
}

fn uniform_of(word: u32) -> f32 {
  return bitcast<f32>(scaled(Affine(0u, 0u, 0u, SCALE_ONE, 0u, UNIFORM_EXPONENT), false, min(word, UNIFORM_WORD_MAX)));
}

/// Uniform values in [0, 1): the elements 4 block to 4 block + 3 of RandomUniform(0, 1) in float32.
fn uniform_block(key: vec2<u32>, block: vec2<u32>) -> vec4<f32> {
  let w = bits_block(key, block);
  return vec4<f32>(uniform_of(w.x), uniform_of(w.y), uniform_of(w.z), uniform_of(w.w));
}

/// The uniform value of an element.
fn uniform_at(key: vec2<u32>, element: vec2<u32>) -> f32 {
  return uniform_of(bits_at(key, element));
}

fn normal_of(z: i32) -> f32 {
  return bitcast<f32>(scaled(Affine(0u, 0u, 0u, SCALE_ONE, 0u, NORMAL_EXPONENT), z < 0, u32(abs(z))));
}

/// Standard normals: the elements 4 block to 4 block + 3 of RandomNormal(0, 1) in float32.
fn normal_block(key: vec2<u32>, block: vec2<u32>) -> vec4<f32> {
  let w = bits_block(key, block);
  let z = box_muller(w.xz, w.yw);
  return vec4<f32>(normal_of(z.x), normal_of(z.y), normal_of(z.z), normal_of(z.w));
}

/// The standard normal of an element.
fn normal_at(key: vec2<u32>, element: vec2<u32>) -> f32 {
  let w = bits_block(key, block_of(element));
  let words = select(w.xy, w.zw, (element.x & 2u) != 0u);
  let z = box_muller(words.xx, words.yy);
  return normal_of(select(z.x, z.y, (element.x & 1u) != 0u));
}
