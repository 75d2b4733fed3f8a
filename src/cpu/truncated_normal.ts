/** Twin of shaders/truncated_normal.wgsl. */
import type { Key } from '../key';
import { affine } from './affine';
import type { DrawBlock, ParametersOf } from './block';
import { boxMuller } from './box_muller';
import { philox4x32 } from './philox';

export function truncatedNormal(params: ParametersOf<'truncated_normal'>, key: Key): DrawBlock {
  const { acceptMin, acceptMax, clampMin, clampMax } = params;
  const z = new Int32Array(4);
  const next = new Int32Array(4);
  const candidates = (lo: number, hi: number, attempt: number, words: Uint32Array): void => {
    philox4x32(lo, hi, attempt, 0, key.lo, key.hi, words);
    boxMuller(words[0], words[1], next, 0);
    boxMuller(words[2], words[3], next, 2);
  };
  return (lo, hi, out) => {
    let done = 0;
    for (let attempt = 0; done !== 0b1111; attempt++) {
      candidates(lo, hi, attempt, out);
      for (let lane = 0; lane < 4; lane++) {
        if (((done >> lane) & 1) === 0 && next[lane] >= acceptMin && next[lane] <= acceptMax) {
          z[lane] = Math.min(Math.max(next[lane], clampMin), clampMax);
          done |= 1 << lane;
        }
      }
    }
    for (let lane = 0; lane < 4; lane++) out[lane] = affine(params.affine, z[lane] < 0, Math.abs(z[lane]));
  };
}
