/** Twin of shaders/kernels/uniform.wgsl. */
import type { DrawBlock } from '../../../distributions/foreign';
import type { KeyWords } from '../../../distributions/key_words';
import { affine } from '../../../arithmetic/affine_step';
import type { ParametersOf } from '../../../distributions/parameters';
import { streamBlock } from '../../../streams/stream';

export function uniform(params: ParametersOf<'uniform'>, key: KeyWords): DrawBlock {
  const { wordMin, wordMax, center } = params;
  return (lo, hi, out) => {
    streamBlock(key, lo, hi, 0, out);
    for (let lane = 0; lane < 4; lane++) {
      const distance = Math.min(Math.max(out[lane], wordMin), wordMax) - center;
      out[lane] = affine(params.affine, distance < 0, Math.abs(distance));
    }
  };
}
