/** Twin of shaders/kernels/bits.wgsl. */
import type { Key } from '../../../streams/key';
import type { DrawBlock } from './block';
import { philox4x32 } from '../../../streams/philox';

export function bits(key: Key): DrawBlock {
  return (lo, hi, out) => philox4x32(lo, hi, 0, 0, key.lo, key.hi, out);
}
