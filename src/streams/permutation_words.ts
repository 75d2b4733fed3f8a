import { philox4x32 } from './philox';
import type { KeyData } from './key';

/** The four words that permutations of a key are keyed by. No other draw has their block. */
export function permutationWords(key: KeyData): Uint32Array {
  const words = new Uint32Array(4);
  philox4x32(0, 0, 0, 0xfffffffd, key.lo, key.hi, words);
  return words;
}
