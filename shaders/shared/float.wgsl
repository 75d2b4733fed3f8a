// Rounding to nearest, ties to even, written in integers: WGSL fixes no
// rounding mode, and may flush subnormals (WGSL, "Floating Point Evaluation").

import package::shared::leading_zeros::leading_zeros;

/// The float32 bits of (-1)^negative * (hi * 2^32 + lo) * 2^exponent.
/// The caller guarantees that the value is below 2^128.
fn round_to_float32(negative: bool, hi: u32, lo: u32, exponent: i32) -> u32 {
  if ((hi | lo) == 0u) {
    return 0u;
  }
  // Shift the leading one to bit 31 of `top`; `rest` holds what lies below.
  let short = hi == 0u;
  let head = select(hi, lo, short);
  let n = leading_zeros(head);
  let tail = select(lo, 0u, short);
  let top = (head << n) | select(tail >> (32u - n), 0u, n == 0u);
  let rest = tail << n;
  let sticky = select(0u, 1u, rest != 0u);
  let leading = exponent + select(63, 31, short) - i32(n); // exponent of the leading one
  let sign = select(0u, 0x80000000u, negative);
  if (leading < -126) {
    return sign | round_to_subnormal(top, sticky, leading);
  }
  let mantissa = top >> 8u;
  let remainder = (top << 24u) | sticky;
  let up = select(0u, 1u, remainder + (mantissa & 1u) > 0x80000000u);
  // The mantissa's leading one adds 1 to the exponent field, hence 126 for the bias of 127;
  // a carry out of the mantissa lands there too.
  return sign | ((u32(leading + 126) << 23u) + mantissa + up);
}

/// As above for a leading one below 2^-126: the unit is 2^-149.
fn round_to_subnormal(top: u32, sticky: u32, leading: i32) -> u32 {
  let drop = u32(-118 - leading); // 8 at leading = -126, one more for each power below
  if (drop > 32u) {
    return 0u;
  }
  let mantissa = select(top >> drop, 0u, drop == 32u);
  let remainder = select(top << (32u - drop), top, drop == 32u) | sticky;
  return mantissa + select(0u, 1u, remainder > 0x80000000u
    || (remainder == 0x80000000u && (mantissa & 1u) == 1u));
}

/// float32 bits to float16 bits; a finite value beyond the largest float16 becomes infinity.
fn float32_to_float16(bits: u32) -> u32 {
  let sign = (bits >> 16u) & 0x8000u;
  let magnitude = bits & 0x7fffffffu;
  if (magnitude >= 0x38800000u) { // at least 2^-14, the smallest normal float16
    let rounded = (magnitude - 0x38000000u + 0xfffu + ((magnitude >> 13u) & 1u)) >> 13u;
    return sign | min(rounded, 0x7c00u);
  }
  // Subnormal float16: the unit is 2^-24.
  let drop = min(126u - (magnitude >> 23u), 31u);
  let significand = (magnitude & 0x7fffffu) | 0x800000u;
  let mantissa = significand >> drop;
  let remainder = significand << (32u - drop);
  return sign | (mantissa + select(0u, 1u, remainder + (mantissa & 1u) > 0x80000000u));
}

/// float32 bits to bfloat16 bits.
fn float32_to_bfloat16(bits: u32) -> u32 {
  return (bits + 0x7fffu + ((bits >> 16u) & 1u)) >> 16u;
}
