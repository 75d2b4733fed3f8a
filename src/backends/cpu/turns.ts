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

/** The turns of a computation, which all computations of a thread share. Other tasks run between two of them. */
export class Turns {
  /** When the present turn ends. */
  private static end = 0;
  private static next: Promise<void> | undefined;

  constructor(private readonly signal: AbortSignal | undefined) {}

  /**
   * Ends the turn where it has been long enough. It is called and awaited every few milliseconds.
   * @param report is called at the end of a turn
   */
  async pause(report?: () => void): Promise<void> {
    if (performance.now() < Turns.end) return;
    throwIfAborted(this.signal);
    report?.();
    // Others that waited for the same turn may have used it up.
    while (performance.now() >= Turns.end) await (Turns.next ??= Turns.begin());
    throwIfAborted(this.signal);
  }

  private static async begin(): Promise<void> {
    await nextTurn();
    Turns.next = undefined;
    Turns.end = performance.now() + TURN_MS;
  }
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
  const turns = new Turns(signal);
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
    await turns.pause();
  }
}
