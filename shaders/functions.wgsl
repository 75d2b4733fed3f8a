// Random numbers for kernels of one's own: pure functions of a key and an element, without
// bindings. They give the library's values: element i of a tensor with that key, whose
// four elements of a block cost hardly more than one. A key is a seed, low word first
// (Key.from(seed).lo, .hi), and a 64-bit index likewise is a vec2<u32>.

import package::shared::affine::{Affine, scaled};
import package::shared::box_muller::box_muller;
import package::shared::stream::stream_block;

// The host's integers for [0, 1) and for mean 0, stddev 1 (src/arithmetic/affine_map.ts).
const UNIFORM_EXPONENT: i32 = -55;
const NORMAL_EXPONENT: i32 = -51;
const SCALE_ONE: u32 = 0x800000u;
const UNIFORM_WORD_MAX: u32 = 0xffffff7fu; // the next one would round to 1

/// The block that holds an element; its lane there is `element.x & 3u`.
fn block_of(element: vec2<u32>) -> vec2<u32> {
  return vec2<u32>((element.x >> 2u) | (element.y << 30u), element.y >> 2u);
}

/// Uniform words: elements 4 block to 4 block + 3 of `bits`.
fn bits_block(key: vec2<u32>, block: vec2<u32>) -> vec4<u32> {
  return stream_block(key, block, 0u);
}

/// One of them.
fn bits_at(key: vec2<u32>, element: vec2<u32>) -> u32 {
  return bits_block(key, block_of(element))[element.x & 3u];
}

/// Whether an event of probability `threshold` / 2^32 takes place.
fn bernoulli_at(key: vec2<u32>, element: vec2<u32>, threshold: u32) -> bool {
  return bits_at(key, element) < threshold;
}

fn uniform_of(word: u32) -> f32 {
  return bitcast<f32>(scaled(Affine(0u, 0u, 0u, SCALE_ONE, 0u, UNIFORM_EXPONENT), false, min(word, UNIFORM_WORD_MAX)));
}

/// Uniform over [0, 1): elements 4 block to 4 block + 3 of RandomUniform(0, 1) in float32.
fn uniform_block(key: vec2<u32>, block: vec2<u32>) -> vec4<f32> {
  let w = bits_block(key, block);
  return vec4<f32>(uniform_of(w.x), uniform_of(w.y), uniform_of(w.z), uniform_of(w.w));
}

/// One of them.
fn uniform_at(key: vec2<u32>, element: vec2<u32>) -> f32 {
  return uniform_of(bits_at(key, element));
}

fn normal_of(z: i32) -> f32 {
  return bitcast<f32>(scaled(Affine(0u, 0u, 0u, SCALE_ONE, 0u, NORMAL_EXPONENT), z < 0, u32(abs(z))));
}

/// Standard normals: elements 4 block to 4 block + 3 of RandomNormal(0, 1) in float32.
fn normal_block(key: vec2<u32>, block: vec2<u32>) -> vec4<f32> {
  let w = bits_block(key, block);
  let z = box_muller(w.xz, w.yw);
  return vec4<f32>(normal_of(z.x), normal_of(z.y), normal_of(z.z), normal_of(z.w));
}

/// One of them.
fn normal_at(key: vec2<u32>, element: vec2<u32>) -> f32 {
  let w = bits_block(key, block_of(element));
  let words = select(w.xy, w.zw, (element.x & 2u) != 0u);
  let z = box_muller(words.xx, words.yy);
  return normal_of(select(z.x, z.y, (element.x & 1u) != 0u));
}
