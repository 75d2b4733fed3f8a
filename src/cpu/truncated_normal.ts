/** Twin of shaders/truncated_normal.wgsl. */
import type { Key } from '../key';
import { affine } from './affine';
import type { DrawBlock, ParametersOf } from './block';
import { boxMuller } from './box_muller';
import { philox4x32 } from './philox';

export function truncatedNormal(params: ParametersOf<'truncated_normal'>, key: Key): DrawBlock {
  const { acceptMin, acceptMax, clampMin, clampMax } = params;
  const z = new Int32Array(4);
  const candidate = new Int32Array(2);
  const rejected = (value: number): boolean => value < acceptMin || value > acceptMax;

  /** Draws the lanes `at` and `at + 1` again where they are rejected. */
  const redraw = (words: Uint32Array, at: number): void => {
    if (!rejected(z[at]) && !rejected(z[at + 1])) return;
    boxMuller(words[at], words[at + 1], candidate, 0);
    if (rejected(z[at])) z[at] = candidate[0];
    if (rejected(z[at + 1])) z[at + 1] = candidate[1];
  };

  return (lo, hi, out) => {
    philox4x32(lo, hi, 0, 0, key.lo, key.hi, out);
    boxMuller(out[0], out[1], z, 0);
    boxMuller(out[2], out[3], z, 2);
    for (let attempt = 1; rejected(z[0]) || rejected(z[1]) || rejected(z[2]) || rejected(z[3]); attempt++) {
      philox4x32(lo, hi, attempt, 0, key.lo, key.hi, out);
      redraw(out, 0);
      redraw(out, 2);
    }
    for (let lane = 0; lane < 4; lane++) {
      const inside = Math.min(Math.max(z[lane], clampMin), clampMax);
      out[lane] = affine(params.affine, inside < 0, Math.abs(inside));
    }
  };
}
