import type { Dtype } from '../../../core/dtype';
import type { DrawBlock, ForeignParameters } from '../../../distributions/foreign';
import type { KeyWords } from '../../../distributions/key_words';
import type { Patterns } from '../computer';
import { fillBlocks } from './block';

/** Fills `out` with the elements from `start` on, by the twin of a kernel that a stream brings. */
export function fillForeign(
  { source, values }: ForeignParameters,
  key: KeyWords,
  dtype: Dtype,
  start: number,
  out: Patterns,
): void {
  const words = source.words?.(values, key, start, out.length);
  const twin = source.twin(values, key, blocksOf(words, start));
  fillBlocks(twin, dtype, start, out, key.origin);
}

/** The words of the host by blocks. Those of elements before and after them are 0. */
function blocksOf(words: Uint32Array | undefined, start: number): DrawBlock {
  return (blockLo, blockHi, out) => {
    const first = 4 * (blockHi * 2 ** 32 + blockLo) - start;
    for (let lane = 0; lane < 4; lane++) out[lane] = words?.[first + lane] ?? 0;
  };
}
