/** Twin of shaders/shared/stream.wgsl. */
import type { KeyWords } from '../distributions/key_words';
import { philox4x32 } from './philox';

/**
 * The four words of a block of a stream, into `out[0..3]`.
 * @param attempt 0, but for the candidates of a rejection
 */
export function streamBlock(
  key: KeyWords,
  blockLo: number,
  blockHi: number,
  attempt: number,
  out: Uint32Array,
): void {
  const { lo, hi, generator } = key;
  if (generator !== undefined) generator.block(key, blockLo, blockHi, attempt, out);
  else philox4x32(blockLo, blockHi, attempt, 0, lo, hi, out);
}
