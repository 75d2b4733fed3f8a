// The standard Gumbel deviate of a word, -ln(-ln u) with u = (w + 1/2) / 2^32, with 26 fractional bits.

import package::shared::mul::mul_hi;

const LN_2: u32 = 0xb17217f8u; // 32 fractional bits

/// -ln(d / 2^32) of a word d with its highest bit set, with 32 fractional bits.
fn minus_log(d: u32) -> u32 {
  var x = d;
  var bits = 0u;
  for (var i = 0u; i < 32u; i++) {
    let hi = mul_hi(x, x);
    let lo = x * x;
    let big = (hi >> 31u) == 1u;
    x = select((hi << 1u) | (lo >> 31u), hi, big);
    bits = (bits << 1u) | select(0u, 1u, big);
  }
  return mul_hi(~bits, LN_2);
}

fn gumbel(w: u32) -> i32 {
  // E = -ln u as digits * 2^exponent, digits with the highest bit set.
  var digits: u32;
  var exponent: i32;
  let n = countLeadingZeros(w);
  let m = select(((w << 1u) | 1u) << ((n - 1u) & 31u), w, n == 0u);
  let log_m = minus_log(m);
  // octaves ln 2 + log_m, 27 fractional bits
  let sum = n * (LN_2 >> 5u) + (log_m >> 5u);
  let k = countLeadingZeros(sum);
  digits = sum << k;
  exponent = 5 - i32(k);
  if (w >= 0xffc00000u) {
    let v = ~w; // E is nearly v + v^2 / 2 with v = (~w + 1/2) / 2^32
    let j = countLeadingZeros(v);
    digits = select(((v << 1u) | 1u) << ((j - 1u) & 31u), 0x80000000u, v == 0u);
    digits += select(0u, mul_hi(digits, v) >> 1u, v != 0u);
    exponent = -i32(j);
  }
  // -ln E = -ln(digits / 2^32) - exponent ln 2
  return i32(minus_log(digits) >> 6u) - exponent * i32(LN_2 >> 6u);
}
