/** The twin of shaders/operations/gumbel.wgsl. */
import { mulHi } from '../../arithmetic/mul';

const LN_2 = 0xb17217f8; // 32 fractional bits

function minusLog(d: number): number {
  let x = d;
  let bits = 0;
  for (let i = 0; i < 32; i++) {
    const hi = mulHi(x, x);
    const lo = Math.imul(x, x);
    const big = hi >>> 31 === 1;
    x = big ? hi : ((hi << 1) | (lo >>> 31)) >>> 0;
    bits = (bits << 1) | (big ? 1 : 0);
  }
  return mulHi(~bits >>> 0, LN_2);
}

/** The standard Gumbel deviate of a word, with 26 fractional bits. */
export function gumbel(w: number): number {
  const n = Math.clz32(w);
  const m = (n === 0 ? w : n === 32 ? 0x80000000 : ((w << 1) | 1) << (n - 1)) >>> 0;
  const sum = (Math.imul(n, LN_2 >>> 5) + (minusLog(m) >>> 5)) >>> 0;
  const k = Math.clz32(sum);
  let digits = (sum << k) >>> 0;
  let exponent = 5 - k;
  if (w >= 0xffc00000) {
    const v = ~w >>> 0;
    const j = Math.clz32(v);
    digits = v === 0 ? 0x80000000 : (((v << 1) | 1) << (j - 1)) >>> 0;
    if (v !== 0) digits = (digits + (mulHi(digits, v) >>> 1)) >>> 0;
    exponent = -j;
  }
  return (minusLog(digits) >>> 6) - exponent * (LN_2 >>> 6);
}
