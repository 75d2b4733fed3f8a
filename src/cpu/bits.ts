/** Twin of shaders/bits.wgsl. */
import type { Key } from '../key';
import type { DrawBlock } from './block';
import { philox4x32 } from './philox';

export function bits(key: Key): DrawBlock {
  return (lo, hi, out) => philox4x32(lo, hi, 0, 0, key.lo, key.hi, out);
}
