// Shifts by constants. SwiftShader shifts a vector component by component, which takes some
// thirty operations. With FLOAT_SHIFTS a right shift goes through a float: once its lower bits
// are cleared, x converts exactly. The sum of x and 3 * 2^(22 + n) is exact, too. Its unit is
// 2^n, so its lower bits are the result. Left shifts are written as products by powers of two,
// and all other compilers make shifts of them again.

/// Whether right shifts go through floats, which is faster on SwiftShader alone.
override FLOAT_SHIFTS: bool = false;

/// x >> n for constants n from 10 to 31.
fn shr(x: u32, n: u32) -> u32 {
  let sum = f32(i32(x & (0xffffffffu << n))) + bitcast<f32>(unit_bits(n));
  return select(x >> n, bitcast<u32>(sum) & (0xffffffffu >> n), FLOAT_SHIFTS);
}

/// The same for two words.
fn shr2(x: vec2<u32>, n: u32) -> vec2<u32> {
  let sum = vec2<f32>(vec2<i32>(x & vec2(0xffffffffu << n))) + bitcast<f32>(unit_bits(n));
  return select(x >> vec2(n), bitcast<vec2<u32>>(sum) & vec2(0xffffffffu >> n), FLOAT_SHIFTS);
}

/// The same for four words.
fn shr4(x: vec4<u32>, n: u32) -> vec4<u32> {
  let sum = vec4<f32>(vec4<i32>(x & vec4(0xffffffffu << n))) + bitcast<f32>(unit_bits(n));
  return select(x >> vec4(n), bitcast<vec4<u32>>(sum) & vec4(0xffffffffu >> n), FLOAT_SHIFTS);
}

/// x >> n, arithmetic, for constants n from 9 to 31, or where |x| < 2^(22 + n).
fn sar2(x: vec2<i32>, n: u32) -> vec2<i32> {
  let sum = vec2<f32>(x & vec2(i32(0xffffffffu << n))) + bitcast<f32>(unit_bits(n));
  return select(x >> vec2(n), bitcast<vec2<i32>>(sum) - i32(unit_bits(n)), FLOAT_SHIFTS);
}

/// The bits of 3 * 2^(22 + n), a float32.
fn unit_bits(n: u32) -> u32 {
  return 0x4b400000u + n * 0x800000u;
}
