/** Twin of shaders/kernels/gumbel.wgsl. */
import type { DrawBlock } from '../../../distributions/foreign';
import type { KeyWords } from '../../../distributions/key_words';
import { affine } from '../../../arithmetic/affine_step';
import { minusLogDigits, minusLogFixed } from '../../../arithmetic/log';
import type { ParametersOf } from '../../../distributions/parameters';
import { streamBlock } from '../../../streams/stream';

export function gumbel(params: ParametersOf<'gumbel'>, key: KeyWords): DrawBlock {
  const digits = new Uint32Array(1);
  return (lo, hi, out) => {
    streamBlock(key, lo, hi, 0, out);
    for (let lane = 0; lane < 4; lane++) {
      const places = minusLogDigits(out[lane], digits);
      const x = minusLogFixed(digits[0], places - 32);
      const negative = x >= 0xc0000000;
      out[lane] = affine(params.affine, negative, negative ? -x >>> 0 : x);
    }
  };
}
