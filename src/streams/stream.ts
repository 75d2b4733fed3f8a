/** Twin of shaders/shared/stream.wgsl. */
import { blockFrom, type KeyWords } from '../distributions/key_words';
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

/** Fills `out` with the words of a stream, one for each element from `start` on. */
export function streamWords(key: KeyWords, start: number, out: Uint32Array): void {
  const words = new Uint32Array(4);
  for (let i = 0; i < out.length;) {
    const block = Math.floor((start + i) / 4);
    const [lo, hi] = blockFrom(key.origin, block);
    streamBlock(key, lo, hi, 0, words);
    for (let lane = start + i - 4 * block; lane < 4 && i < out.length; lane++) out[i++] = words[lane];
  }
}
