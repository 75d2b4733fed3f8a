/** Twin of shaders/shared/stream.wgsl. */
import type { Key } from './key';
import { philox4x32 } from './philox';

/**
 * The four words of a block of a stream, into `out[0..3]`.
 * @param attempt 0, but for the candidates of a rejection
 */
export function streamBlock(
  key: Key,
  blockLo: number,
  blockHi: number,
  attempt: number,
  out: Uint32Array,
): void {
  philox4x32(blockLo, blockHi, attempt, 0, key.lo, key.hi, out);
}
