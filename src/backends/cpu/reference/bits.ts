/** Twin of shaders/kernels/bits.wgsl. */
import type { DrawBlock, KeyWords } from '../../../distributions/foreign';
import { streamBlock } from '../../../streams/stream';

export function bits(key: KeyWords): DrawBlock {
  return (lo, hi, out) => streamBlock(key, lo, hi, 0, out);
}
