import type { FileHandle } from 'node:fs/promises';

const TOUCH_MS = 10_000;

/**
 * Touches a file again and again, also while nothing is written to it, so that other processes see
 * that it is in use.
 * @param file has just been created
 * @returns ends it
 */
export async function keepLease(file: FileHandle): Promise<() => void> {
  // Times are by the clock that dates the folder's files, which may be that of another machine.
  const ahead = (await file.stat()).mtimeMs - Date.now();
  const timer = setInterval(() => {
    const now = (Date.now() + ahead) / 1000;
    file.utimes(now, now).catch(() => {}); // the next write says what is wrong
  }, TOUCH_MS);
  timer.unref();
  return () => clearInterval(timer);
}
