/** Twin of shaders/kernels/exponential.wgsl. */
import type { DrawBlock } from '../../../distributions/foreign';
import type { KeyWords } from '../../../distributions/key_words';
import { multiple } from '../../../arithmetic/affine_step';
import { minusLogDigits } from '../../../arithmetic/log';
import type { ParametersOf } from '../../../distributions/parameters';
import { streamBlock } from '../../../streams/stream';

export function exponential({ affine }: ParametersOf<'exponential'>, key: KeyWords): DrawBlock {
  const digits = new Uint32Array(1);
  return (lo, hi, out) => {
    streamBlock(key, lo, hi, 0, out);
    for (let lane = 0; lane < 4; lane++) {
      const places = minusLogDigits(out[lane], digits);
      out[lane] = multiple(affine, digits[0], places - 33);
    }
  };
}
