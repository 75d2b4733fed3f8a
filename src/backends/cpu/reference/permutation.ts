/** Twin of shaders/kernels/permutation.wgsl. */
import { permute } from '../../../arithmetic/permutation';
import type { DrawBlock } from '../../../distributions/foreign';
import type { KeyWords } from '../../../distributions/key_words';
import type { ParametersOf } from '../../../distributions/parameters';
import { permutationWords } from '../../../streams/permutation_words';

export function permutation({ grid, size, wide }: ParametersOf<'permutation'>, key: KeyWords): DrawBlock {
  const words = permutationWords(key);
  const each = wide ? 2 : 1; // elements of an index
  return (lo, hi, out) => {
    const first = (4 / each) * (hi * 2 ** 32 + lo);
    for (let lane = 0; lane < 4; lane += each) {
      const index = first + lane / each;
      if (index >= size) continue;
      const place = permute(grid, words, index);
      out[lane] = place;
      if (wide) out[lane + 1] = place / 2 ** 32;
    }
  };
}
