/** Twin of shaders/kernels/bernoulli_packed.wgsl. */
import type { DrawBlock } from '../../../distributions/foreign';
import type { KeyWords } from '../../../distributions/key_words';
import type { ParametersOf } from '../../../distributions/parameters';
import { streamBlock } from '../../../streams/stream';

export function bernoulliPacked({ threshold }: ParametersOf<'bernoulli_packed'>, key: KeyWords): DrawBlock {
  const words = new Uint32Array(4);
  return (lo, hi, out) => {
    for (let at = 0; at < 32; at++) {
      if (at % 8 === 0) out[at / 8] = 0;
      streamBlock(key, ((lo << 5) | at) >>> 0, ((hi << 5) | (lo >>> 27)) >>> 0, 0, words);
      for (let lane = 0; lane < 4; lane++)
        if (words[lane] < threshold) out[at >> 3] |= 1 << (4 * (at % 8) + lane);
    }
  };
}
