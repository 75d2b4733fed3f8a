/** Twin of shaders/entry/blocks.wgsl: makes elements of the draws of blocks. */
import { float32ToBfloat16, float32ToFloat16 } from '../../../arithmetic/float';
import type { Dtype } from '../../../core/dtype';
import type { DrawBlock } from '../../../distributions/foreign';
import { blockFrom, type KeyWords } from '../../../distributions/key_words';
import type { Patterns } from '../computer';

/**
 * Fills `out` with the elements from `start` on, block by block.
 * @param origin the block that element 0 lies in
 */
export function fillBlocks(
  draw: DrawBlock,
  dtype: Dtype,
  start: number,
  out: Patterns,
  origin: KeyWords['origin'],
): void {
  const elements = new Uint32Array(4);
  const end = start + out.length;
  for (let at = start; at < end;) {
    const block = Math.floor(at / 4);
    const [lo, hi] = blockFrom(origin, block);
    draw(lo, hi, elements);
    const laneEnd = Math.min(end - 4 * block, 4);
    for (let lane = at - 4 * block; lane < laneEnd; lane++) {
      const pattern = elements[lane];
      out[at++ - start] =
        dtype === 'float16'
          ? float32ToFloat16(pattern)
          : dtype === 'bfloat16'
            ? float32ToBfloat16(pattern)
            : pattern;
    }
  }
}
