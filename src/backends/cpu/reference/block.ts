/** Twin of shaders/entry/blocks.wgsl: makes elements of the draws of blocks. */
import { float32ToBfloat16, float32ToFloat16 } from '../../../arithmetic/float';
import type { Dtype } from '../../../core/dtype';
import type { Patterns } from '../computer';

/**
 * Computes the four elements of a block into `out[0..3]`, as float32 bits or words. The block's index has 64
 * bits.
 */
export type DrawBlock = (blockLo: number, blockHi: number, out: Uint32Array) => void;

/** Fills `out` with the elements from `start` on, block by block. */
export function fillBlocks(draw: DrawBlock, dtype: Dtype, start: number, out: Patterns): void {
  const elements = new Uint32Array(4);
  const end = start + out.length;
  for (let at = start; at < end;) {
    const block = Math.floor(at / 4);
    draw(block >>> 0, Math.floor(block / 2 ** 32), elements);
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
