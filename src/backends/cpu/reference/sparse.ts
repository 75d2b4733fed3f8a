/** Twin of shaders/kernels/sparse.wgsl. */
import { permute } from '../../../arithmetic/permutation';
import type { DrawBlock } from '../../../distributions/foreign';
import type { KeyWords } from '../../../distributions/key_words';
import type { ParametersOf } from '../../../distributions/parameters';
import { streamBlock } from '../../../streams/stream';
import { normal } from './normal';

export function sparse(
  { affine, grid, rows, zeros, columns }: ParametersOf<'sparse'>,
  key: KeyWords,
): DrawBlock {
  const draw = normal({ affine }, key);
  const words = new Uint32Array(4);
  return (lo, hi, out) => {
    draw(lo, hi, out);
    for (let lane = 0; lane < 4; lane++) {
      const element = 4 * (hi * 2 ** 32 + lo) + lane;
      const column = element % columns;
      const row = Math.floor(element / columns);
      // The last block may go on after the last element, of which there is no permutation.
      if (row >= rows) break;
      streamBlock(key, column, 0, 1, words);
      if (permute(grid, words, row) < zeros) out[lane] = 0;
    }
  };
}
