import { throwIfAborted } from '../../core/abort';
import type { Watch } from '../../core/watch';
import type { Patterns } from './computer';

/**
 * The elements that are computed between two looks at the abort signal. They take some milliseconds, or tens.
 */
export const ELEMENTS_PER_TURN = 2 ** 18;

/** Lets other tasks run first, without the milliseconds that timers add. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') {
      setImmediate(resolve);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/**
 * Fills `out` turn after turn.
 * @param fill computes a part of `out` that begins at its element `at`
 */
export async function inTurns(
  out: Patterns,
  { signal, onProgress }: Watch,
  fill: (at: number, part: Patterns) => void,
): Promise<void> {
  for (let done = 0; done < out.length; done += ELEMENTS_PER_TURN) {
    throwIfAborted(signal);
    const part = out.subarray(done, Math.min(done + ELEMENTS_PER_TURN, out.length));
    fill(done, part);
    onProgress?.((done + part.length) / out.length);
    if (done + part.length < out.length) await nextTurn();
  }
}
