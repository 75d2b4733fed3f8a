/** The twin of shaders/shared/philox.wgsl. */
import { mulHi } from '../arithmetic/mul';

const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;
const ROUNDS = 10;

/**
 * Writes Philox4x32-10 of the counter (c0, c1, c2, c3) and the key (k0, k1) to `out[0]` to `out[3]`.
 * @see Salmon et al., 2011, https://doi.org/10.1145/2063384.2063405
 */
export function philox4x32(
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
  out: Uint32Array,
): void {
  for (let round = 0; round < ROUNDS; round++) {
    const x = mulHi(M1, c2) ^ c1 ^ k0;
    const y = Math.imul(M1, c2);
    const z = mulHi(M0, c0) ^ c3 ^ k1;
    const w = Math.imul(M0, c0);
    c0 = x;
    c1 = y;
    c2 = z;
    c3 = w;
    k0 = (k0 + W0) | 0;
    k1 = (k1 + W1) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}
