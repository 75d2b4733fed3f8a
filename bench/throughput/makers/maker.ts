import type { Case, Entry } from '../case';
import type { Memory } from '../memory';

/** Milliseconds of one run. */
export interface Timing {
  readonly wall: number;
  readonly gpu?: number;
}

/** What is ready to run. A run leaves its values until the next one. */
export interface Contender {
  /** Which library and version, or what of this one. */
  readonly label: string;
  run(): Promise<Timing>;
  /**
   * Checks the values of the last run.
   * @returns what was checked, in words
   * @throws WrongValues
   */
  verify(): Promise<string>;
  /** Reads all values of the last run back; absent where they are on the host anyway. */
  readBack?(): Promise<unknown>;
  close(): void | Promise<void>;
}

/** What fills tensors: this library on a backend, or a peer. */
export interface Maker {
  /** What the wall clock covers. */
  readonly timed: string;
  /**
   * @throws Absent where it is not installed
   * @throws DoesNotFit where memory or a limit is too small
   */
  open(entry: Entry, of: Case, memory: Memory): Promise<Contender>;
}

/** Runs and takes the wall clock. */
export async function timed(work: () => unknown): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}
