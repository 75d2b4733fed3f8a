/** The twin of shaders/jax/standard_normal.wgsl, which explains the algorithm. */
import { LN_2, LN_FACTOR, logNearOne } from '../../arithmetic/box_muller';
import { mulHi } from '../../arithmetic/mul';
import { float32Bits, float32FromBits } from '../../arithmetic/round';
import type { FloatDtype } from '../../core/dtype';
import { flush, multiply, rounded } from '../float32';
import { times } from './times';

const HALF_ROOT = float32FromBits(0x3f3504f4); // sqrt(1/2), and one unit more
const ROOT_OF_2 = 1.4140625; // as float16 and as bfloat16

/** The polynomials' coefficients on [0, 5/2), [5/2, 5), [5, 9) and [9, 16), the one of the highest power first. */
const COEFFICIENTS = [
  Int32Array.of(
    0x000002bc,
    -0x00007b9d,
    0x000059ad,
    0x00d693a8,
    -0x0686918a,
    0x03a2ce2f,
    0x2d2af7af,
    0x1aeaad60,
  ),
  Int32Array.of(
    0x00001d7d,
    0x000012ec,
    -0x000030da,
    0x00cac4fc,
    -0x00f6dc6d,
    -0x0a2a6841,
    0x29fb5e45,
    0x28c1e95d,
  ),
  Int32Array.of(
    -0x000002c6,
    0x00000a39,
    -0x000005b5,
    -0x00052501,
    0x00c9cad1,
    -0x08740abc,
    0x21e4bc5c,
    0x381c5f71,
  ),
  Int32Array.of(
    -0x0000029e,
    -0x00000f4a,
    0x0000163d,
    -0x007275f8,
    0x027567ec,
    -0x102790dc,
    0x3396bc35,
    0x4c489256,
  ),
];
const CENTERS = Int32Array.of(0x0a000000, 0x1e000000, 0x38000000, 0x64000000);

/**
 * A standard normal of u in [-1, 1] times stddev, each rounded to the dtype. stddev is normal and positive. Of -1 and
 * 1 the normal is a number beyond 1000.
 */
export function scaledNormal(dtype: FloatDtype, u: number, stddev: number): number {
  return dtype === 'float32' ? root2ErfInv(u, stddev) : multiply(standardNormal(dtype, u), stddev);
}

/** A standard normal of u. */
export function standardNormal(dtype: FloatDtype, u: number): number {
  const z = root2ErfInv(u, 1);
  if (dtype === 'float32') return z;
  return rounded(dtype, multiply(rounded(dtype, multiply(z, HALF_ROOT)), ROOT_OF_2));
}

function root2ErfInv(u: number, stddev: number): number {
  const bits = float32Bits(u);
  const exponent = (bits >>> 23) & 0xff;
  if (exponent === 0) return flush(u);
  if (exponent > 126) return u < 0 ? -1024 : 1024;
  const x = (bits << 8) | 0x80000000;
  const z = mulHi(x, polynomial(minusLogOfRest(x >>> Math.min(134 - exponent, 31))) << 1);
  const scale = float32Bits(stddev);
  const product = mulHi(z, (scale << 8) | 0x80000000);
  const n = Math.clz32(product);
  const top = product << n;
  const rest = exponent + (scale >>> 23) - n - 124;
  const magnitude = rest * 0x800000 + (top >>> 8) + ((top >>> 7) & 1);
  return float32FromBits(((bits & 0x80000000) | (magnitude < 0x800000 ? 0 : magnitude)) >>> 0);
}

function minusLogOfRest(x: number): number {
  const xHi = x >>> 12;
  const xLo = x & 0xfff;
  const square =
    ((Math.imul(xHi, xHi) << 8) + ((2 * Math.imul(xHi, xLo) + (Math.imul(xLo, xLo) >>> 12)) >>> 4)) | 0;
  const t = square < 0 ? -((square + 0x80) & ~0xff) | 0 : ~square;
  const octave = Math.clz32(t);
  const m = t << octave;
  const segment = (m >>> 29) & 3;
  const y = ~Math.imul(m, 7 - segment);
  return (Math.imul(octave, LN_2) + LN_FACTOR[segment] + (logNearOne(y) >> 6)) >>> 0;
}

function polynomial(w: number): number {
  const segment = w >= 0x48000000 ? 3 : w >= 0x28000000 ? 2 : w >= 0x14000000 ? 1 : 0;
  const c = COEFFICIENTS[segment];
  const s = ((w - CENTERS[segment]) << (segment === 3 ? 1 : 2)) | 0;
  const s15 = s >> 15;
  let f = c[1] + (Math.imul(c[0], s15) >> 15);
  f = c[2] + (Math.imul(f, s15) >> 17);
  f = c[3] + (Math.imul(f, s15) >> 7);
  f = (c[4] + (times(f, s) << 2)) | 0;
  f = (c[5] + (times(f, s) << 2)) | 0;
  f = (c[6] + times(f, s)) | 0;
  return c[7] + times(f, s) + 1;
}
