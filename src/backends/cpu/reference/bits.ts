/** Twin of shaders/kernels/bits.wgsl. */
import type { DrawBlock } from '../../../distributions/foreign';
import type { KeyWords } from '../../../distributions/key_words';
import { streamBlock } from '../../../streams/stream';

export function bits(key: KeyWords): DrawBlock {
  return (lo, hi, out) => streamBlock(key, lo, hi, 0, out);
}
