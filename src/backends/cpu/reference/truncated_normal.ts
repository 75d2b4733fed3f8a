/** Twin of shaders/kernels/truncated_normal.wgsl. */
import type { DrawBlock } from '../../../distributions/foreign';
import type { KeyWords } from '../../../distributions/key_words';
import { affine } from '../../../arithmetic/affine_step';
import type { ParametersOf } from '../../../distributions/parameters';
import { boxMuller } from '../../../arithmetic/box_muller';
import { streamBlock } from '../../../streams/stream';

export function truncatedNormal(params: ParametersOf<'truncated_normal'>, key: KeyWords): DrawBlock {
  const { acceptMin, acceptMax, clampMin, clampMax } = params;
  const z = new Int32Array(4);
  const pair = new Int32Array(2);
  const words = new Uint32Array(4);
  const rejected = (value: number): boolean => value < acceptMin || value > acceptMax;

  return (lo, hi, out) => {
    streamBlock(key, lo, hi, 0, words);
    boxMuller(words[0], words[1], z, 0);
    boxMuller(words[2], words[3], z, 2);
    for (let lane = 0; lane < 4; lane++) {
      let value = z[lane];
      for (let attempt = 1; rejected(value); attempt++) {
        streamBlock(key, lo, hi, attempt, words);
        boxMuller(words[lane & 2], words[(lane & 2) + 1], pair, 0);
        value = pair[lane & 1];
      }
      const inside = Math.min(Math.max(value, clampMin), clampMax);
      out[lane] = affine(params.affine, inside < 0, Math.abs(inside));
    }
  };
}
