/** Twin of shaders/kernels/bits.wgsl. */
import type { Key } from '../../../streams/key';
import type { DrawBlock } from './block';
import { streamBlock } from '../../../streams/stream';

export function bits(key: Key): DrawBlock {
  return (lo, hi, out) => streamBlock(key, lo, hi, 0, out);
}
