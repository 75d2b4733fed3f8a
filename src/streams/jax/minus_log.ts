/** The twin of shaders/jax/minus_log.wgsl, which explains the algorithm. */
import { roundToFloat32 } from '../../arithmetic/float';
import { mulHi } from '../../arithmetic/mul';
import { float32Bits, float32FromBits } from '../../arithmetic/round';
import { times } from './times';

const LN_2_HI = 0x00b17217; // ln 2 with 56 fractional bits
const LN_2_LO = 0xf7d1cf7a;

/** The coefficients of G, the one of the highest power first. */
const G = Int32Array.of(
  0x07cf9e4a,
  -0x0859793f,
  0x06d89e4f,
  -0x07c548db,
  0x092899fa,
  -0x0aad9a8e,
  0x0cccb16e,
  -0x0ffff0d2,
  0x15555599,
  -0x20000016,
  0x40000000,
);

/** -ln(x) of a normal float32 number x > 0. Of 1 it is 0. */
export function minusLog(x: number): number {
  const bits = float32Bits(x);
  const mantissa = (bits & 0x7fffff) | 0x800000;
  const above = mantissa >= 0xaaaaab;
  const k = (bits >>> 23) - (above ? 126 : 127);
  const f = above ? (mantissa - 0x1000000) << 8 : (mantissa - 0x800000) << 9;
  let g = G[0];
  for (let i = 1; i < G.length; i++) g = (times(g, f) + G[i]) | 0;

  const distance = Math.abs(f) >>> 4;
  const factor = (g + 2) >>> 2;
  const ofV = negatedWhere(f < 0, Math.imul(distance, factor), mulHi(distance, factor));
  const count = Math.abs(k);
  const ofPower = negatedWhere(
    k < 0,
    Math.imul(LN_2_LO, count),
    Math.imul(LN_2_HI, count) + mulHi(LN_2_LO, count),
  );
  const lo = (ofV[0] + ofPower[0]) >>> 0;
  const hi = (ofV[1] + ofPower[1] + (lo < ofV[0] ? 1 : 0)) >>> 0;
  const belowOne = hi >>> 31 === 1;
  const magnitude = negatedWhere(belowOne, lo, hi);
  return float32FromBits(roundToFloat32(!belowOne, magnitude[1], magnitude[0], -56));
}

function negatedWhere(negative: boolean, lo: number, hi: number): readonly [lo: number, hi: number] {
  if (!negative) return [lo >>> 0, hi >>> 0];
  return [-lo >>> 0, (~hi + (lo === 0 ? 1 : 0)) >>> 0];
}
