/** Twin of shaders/kernels/logistic.wgsl. */
import type { DrawBlock } from '../../../distributions/foreign';
import type { KeyWords } from '../../../distributions/key_words';
import { affine } from '../../../arithmetic/affine_step';
import { minusLogFixed, normalizedWord } from '../../../arithmetic/log';
import type { ParametersOf } from '../../../distributions/parameters';
import { streamBlock } from '../../../streams/stream';

export function logistic(params: ParametersOf<'logistic'>, key: KeyWords): DrawBlock {
  return (lo, hi, out) => {
    streamBlock(key, lo, hi, 0, out);
    for (let lane = 0; lane < 4; lane++) {
      const logit = minusLog(~out[lane]) - minusLog(out[lane]);
      out[lane] = affine(params.affine, logit < 0, Math.abs(logit));
    }
  };
}

/** -ln((w + 1/2) / 2^32). */
function minusLog(w: number): number {
  return minusLogFixed(normalizedWord(w), Math.clz32(w));
}
