/** The twin of shaders/shared/threefry.wgsl and of shaders/streams/threefry.wgsl. */
import type { Generator } from '../distributions/key_words';
import * as bits from '../../shaders/kernels/bits.wgsl?from=threefry&stream';

const PARITY = 0x1bd11bda;
const ROTATIONS = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
];

/**
 * Writes Threefry2x32-20 of the counter (c0, c1) and the key (k0, k1) to `out[0]` and `out[1]`.
 * @see Salmon et al., 2011, https://doi.org/10.1145/2063384.2063405
 */
export function threefry2x32(c0: number, c1: number, k0: number, k1: number, out: Uint32Array): void {
  const keys = [k0, k1, k0 ^ k1 ^ PARITY];
  let x = (c0 + k0) | 0;
  let y = (c1 + k1) | 0;
  for (let four = 0; four < 5; four++) {
    for (const r of ROTATIONS[four & 1]) {
      x = (x + y) | 0;
      y = ((y << r) | (y >>> (32 - r))) ^ x;
    }
    x = (x + keys[(four + 1) % 3]) | 0;
    y = (y + keys[(four + 2) % 3] + four + 1) | 0;
  }
  out[0] = x;
  out[1] = y;
}

const pair = new Uint32Array(2);

/** JAX's words in place of Philox's: word i is the two words of the counter (i high, i low), combined by ^. */
export const threefry: Generator = {
  name: 'threefry',
  code: { bits },
  block({ lo, hi }, blockLo, blockHi, _attempt, out) {
    const high = (blockHi << 2) | (blockLo >>> 30);
    for (let lane = 0; lane < 4; lane++) {
      threefry2x32(high, (blockLo << 2) | lane, hi, lo, pair);
      out[lane] = pair[0] ^ pair[1];
    }
  },
};
