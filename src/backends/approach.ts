import { hasWords } from '../distributions/foreign';
import type { KeyWords } from '../distributions/key_words';
import type { Parameters } from '../distributions/parameters';

/** The elements that are skipped in one turn, which takes some 20 ms. */
const STEP = 2 ** 18;

/**
 * Moves a generator with state to the first element of a range, in turns. It keeps the place where its last words
 * ended, so the words of the range are near then. Streams that count do nothing.
 * @param pause lets other tasks run, and throws where the work was aborted
 */
export async function approach(
  params: Parameters,
  key: KeyWords,
  start: number,
  pause: () => Promise<void>,
): Promise<void> {
  if (!hasWords(params)) return;
  for (let at = STEP; at < start; at += STEP) {
    params.source.words!(params.values, key, at, 1);
    await pause();
  }
}
