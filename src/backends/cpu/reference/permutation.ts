/** Twin of shaders/kernels/permutation.wgsl. */
import { permute } from '../../../arithmetic/permutation';
import type { DrawBlock } from '../../../distributions/foreign';
import type { KeyWords } from '../../../distributions/key_words';
import type { ParametersOf } from '../../../distributions/parameters';
import { philox4x32 } from '../../../streams/philox';

export function permutation({ grid, size }: ParametersOf<'permutation'>, key: KeyWords): DrawBlock {
  const words = new Uint32Array(4);
  philox4x32(0, 0, 0, 0xfffffffd, key.lo, key.hi, words);
  return (lo, hi, out) => {
    for (let lane = 0; lane < 4; lane++) {
      const index = 4 * (hi * 2 ** 32 + lo) + lane;
      if (index < size) out[lane] = permute(grid, words, index);
    }
  };
}
