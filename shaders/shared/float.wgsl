// Rounding to nearest, ties to even, in integers. WGSL fixes no rounding mode and may flush
// subnormals (WGSL, "Floating Point Evaluation"). There are no branches, because software
// drivers run both sides of one.

import package::shared::leading_zeros::leading_zeros;
import package::shared::shift::shr;

/// The float32 bits of (-1)^negative * (hi * 2^32 + lo) * 2^exponent.
/// The caller guarantees that the value is below 2^128.
fn round_to_float32(negative: bool, hi: u32, lo: u32, exponent: i32) -> u32 {
  // Shifts the leading one to bit 31 of `top`. `rest` holds the bits below.
  let short = hi == 0u;
  let head = select(hi, lo, short);
  let n = leading_zeros(head);
  let tail = select(lo, 0u, short);
  let top = (head << (n & 31u)) | select(tail >> ((32u - n) & 31u), 0u, n == 0u);
  let rest = tail << (n & 31u);
  let leading = exponent + select(63, 31, short) - i32(n); // exponent of the leading one
  // The unit of a subnormal is 2^-149, so one bit more is lost for each power below 2^-126.
  let lost = u32(clamp(-126 - leading, 0, 25));
  let kept = top >> lost;
  let sticky = select(0u, 1u, (rest | (top - (kept << lost))) != 0u);
  let mantissa = kept >> 8u;
  let remainder = (kept * 0x1000000u) | sticky;
  let up = select(0u, 1u, remainder + (mantissa & 1u) > 0x80000000u);
  // The leading one of the mantissa adds 1 to the exponent field, hence 126 for the bias of 127.
  // A carry out of the mantissa lands in that field, too.
  let magnitude = u32(max(leading + 126, 0)) * 0x800000u + mantissa + up;
  return select(magnitude | select(0u, 0x80000000u, negative), 0u, head == 0u);
}

/// float32 bits to float16 bits. A finite value beyond the largest float16 becomes infinity.
fn float32_to_float16(bits: u32) -> u32 {
  // The value in units of the last place of the float16. Below 2^-14, where it is subnormal, the unit
  // is 2^-24. These are floats, but every operation on them is exact.
  let exponent = max(bits & 0x7f800000u, 0x38800000u);
  let units = abs(bitcast<f32>(bits)) * bitcast<f32>(0x84000000u - exponent);
  let whole = floor(units);
  let rest = units - whole;
  let mantissa = bitcast<u32>(whole + 0x1p23) & 0xfffu;
  let up = select(0u, 1u, (rest > 0.5) | ((rest == 0.5) & ((mantissa & 1u) == 1u)));
  let field = shr(exponent - 0x38800000u, 13u); // without the leading one of the mantissa
  return (shr(bits, 16u) & 0x8000u) | min(field + mantissa + up, 0x7c00u);
}

/// float32 bits to bfloat16 bits.
fn float32_to_bfloat16(bits: u32) -> u32 {
  return shr(bits + 0x7fffu + (shr(bits, 16u) & 1u), 16u);
}
