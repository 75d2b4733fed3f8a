/** Twin of shaders/kernels/randint.wgsl. */
import { mulHi } from '../../../arithmetic/mul';
import type { DrawBlock } from '../../../distributions/foreign';
import type { KeyWords } from '../../../distributions/key_words';
import type { ParametersOf } from '../../../distributions/parameters';
import { streamBlock } from '../../../streams/stream';

export function randint({ low, span, threshold }: ParametersOf<'randint'>, key: KeyWords): DrawBlock {
  const words = new Uint32Array(4);
  const rejected = (word: number): boolean => Math.imul(word, span) >>> 0 < threshold;
  return (lo, hi, out) => {
    streamBlock(key, lo, hi, 0, out);
    for (let lane = 0; lane < 4; lane++) {
      let word = out[lane];
      for (let attempt = 1; rejected(word); attempt++) {
        streamBlock(key, lo, hi, attempt, words);
        word = words[lane];
      }
      out[lane] = low + (span === 0 ? word : mulHi(word, span));
    }
  };
}
