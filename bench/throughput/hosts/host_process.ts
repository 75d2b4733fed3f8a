import type { Case } from '../case';
import type { Row, HostDescription } from '../row';
import type { Paces } from '../run_case';

/** Where cases run: a process of Node's, or a page. */
export interface HostProcess {
  readonly setting: HostDescription;
  /**
   * Runs a case, and stops it after so many milliseconds.
   * @param report called with each row
   * @returns whether it ended by itself
   * @throws where the process or the page broke
   */
  run(of: Case, paces: Paces, milliseconds: number, report: (row: Row) => void): Promise<boolean>;
  close(): Promise<void>;
}

/** Resolves to undefined after so many milliseconds, unless the promise is faster. */
export async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      promise,
      new Promise<undefined>((resolve) => (timer = setTimeout(resolve, milliseconds, undefined))),
    ]);
  } finally {
    clearTimeout(timer);
  }
}
