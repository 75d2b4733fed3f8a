import type { CopiedParameters } from '../distributions/copied';
import type { KeyWords } from '../distributions/key_words';
import { streamWords } from '../streams/stream';

/** Computes the elements from `start` on that the kernel copy copies into `out`, as float32 bits. */
export function copiedElements(
  { random, elements }: CopiedParameters,
  key: KeyWords,
  start: number,
  out: Uint32Array<ArrayBuffer>,
): void {
  if (random) streamWords(key, start, out);
  elements(start, out);
}
