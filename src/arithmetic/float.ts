/** The twin of shaders/shared/float.wgsl. */

/** The float32 bits of (-1)^negative * (hi * 2^32 + lo) * 2^exponent, rounded to nearest even. */
export function roundToFloat32(negative: boolean, hi: number, lo: number, exponent: number): number {
  if ((hi | lo) === 0) return 0;
  const short = hi === 0;
  const head = short ? lo : hi;
  const tail = short ? 0 : lo;
  const n = Math.clz32(head);
  const top = ((head << n) | (n === 0 ? 0 : tail >>> (32 - n))) >>> 0;
  const rest = tail << n;
  const sticky = rest !== 0 ? 1 : 0;
  const leading = exponent + (short ? 31 : 63) - n;
  const sign = negative ? 0x80000000 : 0;
  if (leading < -126) return (sign | roundToSubnormal(top, sticky, leading)) >>> 0;
  const mantissa = top >>> 8;
  const remainder = ((top << 24) | sticky) >>> 0;
  const up = remainder + (mantissa & 1) > 0x80000000 ? 1 : 0;
  return (sign | (((leading + 126) << 23) + mantissa + up)) >>> 0;
}

function roundToSubnormal(top: number, sticky: number, leading: number): number {
  const drop = -118 - leading;
  if (drop > 32) return 0;
  const mantissa = drop === 32 ? 0 : top >>> drop;
  const remainder = ((drop === 32 ? top : top << (32 - drop)) | sticky) >>> 0;
  return mantissa + (remainder + (mantissa & 1) > 0x80000000 ? 1 : 0);
}

/** Rounds float32 bits to float16 bits. A finite value beyond the largest float16 becomes infinity. */
export function float32ToFloat16(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude >= 0x38800000) {
    const rounded = (magnitude - 0x38000000 + 0xfff + ((magnitude >>> 13) & 1)) >>> 13;
    return sign | Math.min(rounded, 0x7c00);
  }
  const drop = Math.min(126 - (magnitude >>> 23), 31);
  const significand = (magnitude & 0x7fffff) | 0x800000;
  const mantissa = significand >>> drop;
  const remainder = (significand << (32 - drop)) >>> 0;
  return sign | (mantissa + (remainder + (mantissa & 1) > 0x80000000 ? 1 : 0));
}

/** Rounds float32 bits to bfloat16 bits. */
export function float32ToBfloat16(bits: number): number {
  return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
}
