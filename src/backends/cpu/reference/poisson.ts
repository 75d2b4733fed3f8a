/** Twin of shaders/kernels/poisson.wgsl. */
import { float32Bits } from '../../../arithmetic/round';
import type { DrawBlock } from '../../../distributions/foreign';
import type { KeyWords } from '../../../distributions/key_words';
import type { ParametersOf } from '../../../distributions/parameters';
import { streamBlock } from '../../../streams/stream';

export function poisson({ first, table, isFloat }: ParametersOf<'poisson'>, key: KeyWords): DrawBlock {
  return (lo, hi, out) => {
    streamBlock(key, lo, hi, 0, out);
    for (let lane = 0; lane < 4; lane++) {
      let passed = 0;
      for (let step = (table.length + 1) / 2; step >= 1; step /= 2)
        if (table[passed + step - 1] < out[lane]) passed += step;
      const count = first + passed;
      out[lane] = isFloat ? float32Bits(count) : count;
    }
  };
}
