// Random numbers for kernels of one's own. The functions are pure and have no bindings.
// For a key and an element i they give the value that the library gives element i of a
// tensor with that key. The four elements of a block cost hardly more than one.
// Keys and 64-bit indices are vec2<u32>, low word first: a key has Key.from(seed).lo and .hi.

import package::shared::affine::{Affine, scaled};
import package::shared::box_muller::box_muller;
import package::shared::deviates::{laplace_magnitudes, lognormal_exponent, standard_gumbel, standard_logistic};
import package::shared::exp2::exp2_digits;
import package::shared::float::round_to_float32;
import package::shared::float_arithmetic::{add_floats, exponent_of, mantissa_of, multiply_floats};
import package::shared::fold::fold_integer;
import package::shared::log::minus_log_digits;
import package::shared::mul::mul_hi;
import package::shared::permutation::{Grid, Places, permute};
import package::shared::philox::philox4x32;
import package::shared::stream::stream_block;

// The host's integers for [0, 1) and for mean 0, stddev 1 (src/arithmetic/affine_map.ts).
const UNIFORM_EXPONENT: i32 = -55;
const NORMAL_EXPONENT: i32 = -51;
const SCALE_ONE: u32 = 0x800000u;
const UNIFORM_WORD_MAX: u32 = 0xffffff7fu; // The next word would round to 1.
const TRUNCATED_NORMAL_MAX: i32 = 0x1fffffef; // The next integer would round to 2.

/// The key of an integer below a key, such as that of a step: `key.fold(n)`.
fn fold_at(key: vec2<u32>, n: vec2<u32>) -> vec2<u32> {
  return fold_integer(key, n);
}

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

/// A standard normal as an integer with 28 fractional bits, from the words of its block.
fn normal_integer(w: vec4<u32>, lane: u32) -> i32 {
  let words = select(w.xy, w.zw, (lane & 2u) != 0u);
  let z = box_muller(words.xx, words.yy);
  return select(z.x, z.y, (lane & 1u) != 0u);
}

/// The standard normal of an element.
fn normal_at(key: vec2<u32>, element: vec2<u32>) -> f32 {
  return normal_of(normal_integer(bits_block(key, block_of(element)), element.x & 3u));
}

/// The standard normal of an element, drawn again until it lies between -2 and 2: that of
/// TruncatedNormal(0, 1). One in 22 is drawn again.
fn truncated_normal_at(key: vec2<u32>, element: vec2<u32>) -> f32 {
  var z: i32;
  var attempt = 0u;
  loop {
    z = normal_integer(stream_block(key, block_of(element), attempt), element.x & 3u);
    attempt++;
    continuing {
      break if abs(z) < 0x20000000;
    }
  }
  return normal_of(clamp(z, -TRUNCATED_NORMAL_MAX, TRUNCATED_NORMAL_MAX));
}

/// An integer in [low, low + span), each with the same probability: words that would make some more
/// likely are drawn again. A span of 0 stands for 2^32.
fn randint_at(key: vec2<u32>, element: vec2<u32>, low: i32, span: u32) -> i32 {
  let surplus = (0u - span) % max(span, 1u); // 2^32 mod span
  var word: u32;
  var attempt = 0u;
  loop {
    word = stream_block(key, block_of(element), attempt)[element.x & 3u];
    attempt++;
    continuing {
      break if word * span >= surplus;
    }
  }
  return low + bitcast<i32>(select(mul_hi(word, span), word, span == 0u));
}

/// 1 or -1, each with the probability 1/2.
fn rademacher_at(key: vec2<u32>, element: vec2<u32>) -> f32 {
  return select(-1.0, 1.0, bits_at(key, element) < 0x80000000u);
}

/// A number with 27 fractional bits.
fn fixed_27(negative: bool, magnitude: u32) -> f32 {
  return bitcast<f32>(round_to_float32(negative, 0u, magnitude, -27));
}

fn exponential_of(w: vec2<u32>) -> vec2<f32> {
  let e = minus_log_digits(w);
  return vec2<f32>(
    bitcast<f32>(round_to_float32(false, 0u, e.digits.x, -e.places.x)),
    bitcast<f32>(round_to_float32(false, 0u, e.digits.y, -e.places.y)),
  );
}

/// Exponential values of mean 1.
fn exponential_block(key: vec2<u32>, block: vec2<u32>) -> vec4<f32> {
  let w = bits_block(key, block);
  return vec4<f32>(exponential_of(w.xy), exponential_of(w.zw));
}

/// The exponential value of an element.
fn exponential_at(key: vec2<u32>, element: vec2<u32>) -> f32 {
  return exponential_of(vec2<u32>(bits_at(key, element))).x;
}

fn laplace_of(w: vec2<u32>) -> vec2<f32> {
  let x = laplace_magnitudes(w);
  return vec2<f32>(fixed_27(i32(w.x) < 0, x.x), fixed_27(i32(w.y) < 0, x.y));
}

/// Laplace values of location 0 and scale 1.
fn laplace_block(key: vec2<u32>, block: vec2<u32>) -> vec4<f32> {
  let w = bits_block(key, block);
  return vec4<f32>(laplace_of(w.xy), laplace_of(w.zw));
}

/// The Laplace value of an element.
fn laplace_at(key: vec2<u32>, element: vec2<u32>) -> f32 {
  return laplace_of(vec2<u32>(bits_at(key, element))).x;
}

fn logistic_of(w: vec2<u32>) -> vec2<f32> {
  let x = standard_logistic(w);
  return vec2<f32>(fixed_27(x.negative.x, x.magnitude.x), fixed_27(x.negative.y, x.magnitude.y));
}

/// Logistic values of location 0 and scale 1.
fn logistic_block(key: vec2<u32>, block: vec2<u32>) -> vec4<f32> {
  let w = bits_block(key, block);
  return vec4<f32>(logistic_of(w.xy), logistic_of(w.zw));
}

/// The logistic value of an element.
fn logistic_at(key: vec2<u32>, element: vec2<u32>) -> f32 {
  return logistic_of(vec2<u32>(bits_at(key, element))).x;
}

fn gumbel_of(w: vec2<u32>) -> vec2<f32> {
  let x = standard_gumbel(w);
  let negative = x >= vec2<u32>(0xc0000000u); // 24 with 27 fractional bits
  let magnitude = select(x, vec2<u32>(0u) - x, negative);
  return vec2<f32>(fixed_27(negative.x, magnitude.x), fixed_27(negative.y, magnitude.y));
}

/// Gumbel values of location 0 and scale 1.
fn gumbel_block(key: vec2<u32>, block: vec2<u32>) -> vec4<f32> {
  let w = bits_block(key, block);
  return vec4<f32>(gumbel_of(w.xy), gumbel_of(w.zw));
}

/// The Gumbel value of an element.
fn gumbel_at(key: vec2<u32>, element: vec2<u32>) -> f32 {
  return gumbel_of(vec2<u32>(bits_at(key, element))).x;
}

fn lognormal_of(z: vec2<i32>) -> vec2<f32> {
  let scale = vec2<u32>(0x1547652cu, 0x17u); // 1 / ln 2 with 36 fractional bits
  let a = lognormal_exponent(vec2<u32>(), scale, z.x);
  let b = lognormal_exponent(vec2<u32>(), scale, z.y);
  let digits = exp2_digits(vec2<u32>(a.x, b.x));
  return vec2<f32>(
    bitcast<f32>(round_to_float32(false, 0u, digits.x, i32(a.y) - 31)),
    bitcast<f32>(round_to_float32(false, 0u, digits.y, i32(b.y) - 31)),
  );
}

/// Exponentials of standard normals: lognormal values of mean 0 and stddev 1.
fn lognormal_block(key: vec2<u32>, block: vec2<u32>) -> vec4<f32> {
  let w = bits_block(key, block);
  let z = box_muller(w.xz, w.yw);
  return vec4<f32>(lognormal_of(z.xy), lognormal_of(z.zw));
}

/// The lognormal value of an element.
fn lognormal_at(key: vec2<u32>, element: vec2<u32>) -> f32 {
  let z = normal_integer(bits_block(key, block_of(element)), element.x & 3u);
  return lognormal_of(vec2<i32>(z)).x;
}

/// The integer in place `index` of a permutation of [0, size), for an index below the size.
fn permutation_at(key: vec2<u32>, index: u32, size: u32) -> u32 {
  let last = max(size, 1u) - 1u;
  let column_bits = (32u - countLeadingZeros(last)) / 2u; // half as many as the last index has
  let pairs = max(4u, (31u + max(column_bits, 1u)) / max(column_bits, 1u));
  let grid = Grid(column_bits, last >> column_bits, last & ((1u << column_bits) - 1u), pairs);
  let words = philox4x32(vec4<u32>(0u, 0u, 0u, 0xfffffffdu), key);
  return permute(grid, words, Places(vec4<u32>(index), vec4<u32>(0u))).lo.x;
}

fn dropout_of(word: u32, threshold: u32, scale: f32, x: f32) -> f32 {
  let kept = multiply_floats(bitcast<u32>(x), bitcast<u32>(scale));
  return bitcast<f32>(select(0u, kept, word >= threshold));
}

/// Dropout of four elements: 0 with the probability `threshold` / 2^32, else x times `scale`, rounded
/// once. The same key gives the same mask, so the gradient is the dropout of the gradient.
fn dropout_block(key: vec2<u32>, block: vec2<u32>, threshold: u32, scale: f32, x: vec4<f32>) -> vec4<f32> {
  let w = bits_block(key, block);
  return vec4<f32>(
    dropout_of(w.x, threshold, scale, x.x),
    dropout_of(w.y, threshold, scale, x.y),
    dropout_of(w.z, threshold, scale, x.z),
    dropout_of(w.w, threshold, scale, x.w),
  );
}

/// Dropout of one element.
fn dropout_at(key: vec2<u32>, element: vec2<u32>, threshold: u32, scale: f32, x: f32) -> f32 {
  return dropout_of(bits_at(key, element), threshold, scale, x);
}

fn noisy_of(z: i32, stddev: f32, x: f32) -> f32 {
  let bits = bitcast<u32>(stddev);
  let m = mantissa_of(bits);
  let magnitude = u32(abs(z));
  let noise = round_to_float32(z < 0, mul_hi(m, magnitude), m * magnitude, exponent_of(bits) - 178);
  return bitcast<f32>(add_floats(bitcast<u32>(x), noise));
}

/// x plus RandomNormal(0, stddev) at four elements. The sum is rounded once, as is the noise before.
/// `stddev` is in [0, 2^125].
fn add_noise_block(key: vec2<u32>, block: vec2<u32>, stddev: f32, x: vec4<f32>) -> vec4<f32> {
  let w = bits_block(key, block);
  let z = box_muller(w.xz, w.yw);
  return vec4<f32>(
    noisy_of(z.x, stddev, x.x),
    noisy_of(z.y, stddev, x.y),
    noisy_of(z.z, stddev, x.z),
    noisy_of(z.w, stddev, x.w),
  );
}

/// x plus RandomNormal(0, stddev) at one element.
fn add_noise_at(key: vec2<u32>, element: vec2<u32>, stddev: f32, x: f32) -> f32 {
  return noisy_of(normal_integer(bits_block(key, block_of(element)), element.x & 3u), stddev, x);
}
