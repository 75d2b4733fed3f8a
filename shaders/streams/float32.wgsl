// Operations on float32 numbers as the CPU backends of JAX and TensorFlow do them: each is rounded to nearest even,
// and subnormals are zeros before and after. They are in integers, because WGSL fixes no rounding and allows fusing. No operand or
// result may be infinite.

import package::entry::store::{FLOAT16, FORMAT, half};
import package::shared::leading_zeros::leading_zeros;
import package::shared::mul::mul_hi;

const SIGN: u32 = 0x80000000u;
const SMALLEST: u32 = 0x00800000u;

/// The bits of a float32, with a zero of the same sign in place of a subnormal.
fn flush(bits: u32) -> u32 {
  return select(bits, bits & SIGN, is_zero(bits));
}

/// Whether a float32 is a zero or subnormal.
fn is_zero(bits: u32) -> bool {
  return i32(bits & ~SIGN) < i32(SMALLEST);
}

/// The bits of a * b.
fn multiply(a: u32, b: u32) -> u32 {
  let x = (a << 8u) | SIGN;
  let y = (b << 8u) | SIGN;
  let product = mul_hi(x, y); // in [2^30, 2^32)
  let large = product >> 31u;
  // Of the bits below these 32 only matters whether any is set.
  let top = (product << (1u - large)) | select(0u, 1u, x * y != 0u);
  let mantissa = top >> 8u;
  let up = select(0u, 1u, i32((top & 0xffu) + (mantissa & 1u)) > 0x80);
  // The leading one of the mantissa adds 1 to the exponent field.
  let exponent = i32(((a >> 23u) & 0xffu) + ((b >> 23u) & 0xffu) + large) - 128;
  let magnitude = exponent * 0x800000 + i32(mantissa + up);
  let zero = is_zero(a) | is_zero(b) | (magnitude < i32(SMALLEST));
  return ((a ^ b) & SIGN) | select(u32(magnitude), 0u, zero);
}

/// The bits of a + b.
fn add(a: u32, b: u32) -> u32 {
  let swapped = i32(b & ~SIGN) > i32(a & ~SIGN);
  let x = select(a, b, swapped);
  let y = select(b, a, swapped);
  // 24 bits each, with 6 bits below them and room for a carry above.
  let exponent = (x >> 23u) & 0xffu;
  let distance = min(exponent - ((y >> 23u) & 0xffu), 31u);
  let large = ((x & 0x7fffffu) | SMALLEST) << 6u;
  let small = select(((y & 0x7fffffu) | SMALLEST) << 6u, 0u, is_zero(y));
  let kept = small >> distance;
  let shifted = kept | select(0u, 1u, (kept << distance) != small);
  let sum = select(large + shifted, large - shifted, ((x ^ y) & SIGN) != 0u);
  let n = leading_zeros(sum);
  let top = sum << (n & 31u);
  let mantissa = top >> 8u;
  let up = select(0u, 1u, i32((top & 0xffu) + (mantissa & 1u)) > 0x80);
  let magnitude = (i32(exponent + 1u) - i32(n)) * 0x800000 + i32(mantissa + up);
  let tiny = is_zero(x) | (magnitude < i32(SMALLEST));
  return select((x & SIGN) | select(u32(magnitude), 0u, tiny), 0u, (sum == 0u) | is_zero(x));
}

/// A float32 rounded to the dtype, as the bits of a float32 again.
fn rounded(bits: u32) -> u32 {
  var result = bits;
  if (FORMAT != 0u) {
    let pattern = half(bits);
    result = select(pattern << 16u, float16_to_float32(pattern), FORMAT == FLOAT16);
  }
  return result;
}

fn float16_to_float32(pattern: u32) -> u32 {
  let magnitude = pattern & 0x7fffu;
  // A subnormal is a small integer times 2^-24. The integer converts exactly.
  let small = bitcast<u32>(f32(i32(magnitude))) - 24u * SMALLEST;
  let normal = magnitude * 0x2000u + 112u * SMALLEST;
  let nonzero = select(normal, small, magnitude < 0x400u);
  return ((pattern & 0x8000u) << 16u) | select(nonzero, 0u, magnitude == 0u);
}
