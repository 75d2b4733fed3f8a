/** Twin of shaders/kernels/laplace.wgsl. */
import type { DrawBlock } from '../../../distributions/foreign';
import type { KeyWords } from '../../../distributions/key_words';
import { affine } from '../../../arithmetic/affine_step';
import { minusLogFixed } from '../../../arithmetic/log';
import type { ParametersOf } from '../../../distributions/parameters';
import { streamBlock } from '../../../streams/stream';

export function laplace(params: ParametersOf<'laplace'>, key: KeyWords): DrawBlock {
  return (lo, hi, out) => {
    streamBlock(key, lo, hi, 0, out);
    for (let lane = 0; lane < 4; lane++) {
      const odd = (out[lane] << 1) | 1;
      const octave = Math.clz32(odd);
      out[lane] = affine(params.affine, out[lane] >>> 31 === 1, minusLogFixed(odd << octave, octave));
    }
  };
}
