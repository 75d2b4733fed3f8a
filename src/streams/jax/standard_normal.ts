/** The twin of shaders/jax/standard_normal.wgsl, which explains the algorithm. */
import { LN_2, LN_FACTOR, logNearOne } from '../../arithmetic/box_muller';
import { mulHi } from '../../arithmetic/mul';
import { float32Bits, float32FromBits } from '../../arithmetic/round';
import type { FloatDtype } from '../../core/dtype';
import { multiply, rounded } from './float32';
import { times } from './times';

const HALF_ROOT = float32FromBits(0x3f3504f4); // sqrt(1/2), and one unit more
const ROOT_OF_2 = 1.4140625; // as float16 and as bfloat16

/** The polynomials' coefficients, the one of the highest power first. */
const BELOW_5 = Int32Array.of(
  0x00aab174,
  0x020942f5,
  -0x053990f6,
  -0x01a0c80f,
  0x14422c66,
  -0x1d0ca5bd,
  -0x183320a0,
  0x594b217c,
  0x21f91798,
);
const BELOW_9 = Int32Array.of(
  0x00002859,
  -0x0000abf6,
  0x00023da1,
  -0x0005beca,
  -0x0004f2dc,
  0x00c9cfa3,
  -0x087414b7,
  0x21e4bc35,
  0x381c5f76,
);
const BELOW_16 = Int32Array.of(
  0x00006731,
  -0x00009933,
  -0x00046ff7,
  0x0016297e,
  -0x00722afe,
  0x02756f38,
  -0x10279c41,
  0x3396bc09,
  0x4c48925b,
);

/** A standard normal of u in [-1, 1], each rounded to the dtype. Of -1 and 1 it is a number beyond 1000. */
export function standardNormal(dtype: FloatDtype, u: number): number {
  const z = root2ErfInv(u);
  if (dtype === 'float32') return z;
  return rounded(dtype, multiply(rounded(dtype, multiply(z, HALF_ROOT)), ROOT_OF_2));
}

function root2ErfInv(u: number): number {
  const bits = float32Bits(u);
  const exponent = (bits >>> 23) & 0xff;
  if (exponent === 0) return u;
  if (exponent > 126) return u < 0 ? -1024 : 1024;
  const x = (bits << 8) | 0x80000000;
  const product = mulHi(x, polynomial(minusLogOfRest(x >>> Math.min(126 - exponent, 31))) << 1);
  const n = Math.clz32(product);
  const top = product << n;
  const magnitude = ((exponent + 2 - n) << 23) + (top >>> 8) + ((top >>> 7) & 1);
  return float32FromBits(((bits & 0x80000000) | magnitude) >>> 0);
}

function minusLogOfRest(x: number): number {
  const square = mulHi(x, x);
  const near = square >>> 31 === 1 ? ((square + 0x80) & ~0xff) >>> 0 : square;
  const t = -Math.max(near, 1) | 0;
  const octave = Math.clz32(t);
  const m = t << octave;
  const segment = (m >>> 29) & 3;
  const y = ~Math.imul(m, 7 - segment);
  return (Math.imul(octave, LN_2) + LN_FACTOR[segment] + (logNearOne(y) >> 6)) >>> 0;
}

function polynomial(w: number): number {
  const middle = w >= 0x28000000;
  const far = w >= 0x48000000;
  const c = far ? BELOW_16 : middle ? BELOW_9 : BELOW_5;
  const center = far ? 0x64000000 : middle ? 0x38000000 : 0x14000000;
  const s = Math.imul((w - center) | 0, middle && !far ? 4 : 2);
  let f = c[0];
  for (let i = 1; i < 7; i++) f = (c[i] + (times(f, s) << 2)) | 0;
  f = (c[7] + times(f, s)) | 0;
  return c[8] + times(f, s) + 1;
}
