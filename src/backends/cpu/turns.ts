import { throwIfAborted } from '../../core/abort';
import type { Watch } from '../../core/watch';
import type { Patterns } from './computer';

/** The milliseconds after which a computation lets other tasks run, and looks at the abort signal. */
const TURN_MS = 12;

/** The elements that a thread computes at a time, and those between two reports of progress. */
export const ELEMENTS_PER_PIECE = 2 ** 18;

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

/** When the present turn ends. All computations of a thread share its turns, and other tasks run between two. */
let turnEnd = 0;
/** Resolves when the next turn begins, where somebody waits for it. */
let beginning: Promise<void> | undefined;

/**
 * Ends the turn where it has been long enough. It is called and awaited every few milliseconds.
 * @param report is called at the end of a turn
 */
export async function pause(signal: AbortSignal | undefined, report?: () => void): Promise<void> {
  if (performance.now() < turnEnd) return;
  throwIfAborted(signal);
  report?.();
  // Others that waited for the same turn may have used it up.
  while (performance.now() >= turnEnd) await (beginning ??= begin());
  throwIfAborted(signal);
}

async function begin(): Promise<void> {
  await nextTurn();
  beginning = undefined;
  turnEnd = performance.now() + TURN_MS;
}

/** About how long the parts of a computation take. */
const PART_MS = 4;

/**
 * Fills `out` part after part. How many elements a part has follows from the time that the parts before it took.
 * @param least the elements of the first part, a power of two
 * @param fill computes a part of `out` that begins at its element `at`
 */
export async function inTurns(
  out: Patterns,
  least: number,
  { signal, onProgress }: Watch,
  fill: (at: number, part: Patterns) => void,
): Promise<void> {
  const total = out.length;
  let size = least;
  for (let at = 0; at < total;) {
    throwIfAborted(signal);
    const piece = at - (at % ELEMENTS_PER_PIECE) + ELEMENTS_PER_PIECE;
    const end = Math.min(at + size, piece, total);
    const begun = performance.now();
    fill(at, out.subarray(at, end));
    const milliseconds = performance.now() - begun;
    if (milliseconds < PART_MS / 2) size = Math.min(2 * size, ELEMENTS_PER_PIECE);
    else if (milliseconds > PART_MS) size = Math.max(size / 2, least);
    if (end === piece || end === total) onProgress?.(end / total);
    at = end;
    await pause(signal);
  }
}
