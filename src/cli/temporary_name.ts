import { createHash, randomBytes } from 'node:crypto';
import { readdir, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

/**
 * A name in the folder of `path` that no other process takes. It tells the file, the machine and
 * the process, so that what a killed process left behind can be known for what it is.
 */
export function temporaryPath(path: string): string {
  return join(
    dirname(path),
    `.tensorseed-${tagOf(path)}-${process.pid}-${randomBytes(6).toString('hex')}.tmp`,
  );
}

/**
 * Removes what processes of this machine that are gone left of the same file. Those of other
 * machines that share the folder cannot be told from living ones, and stay.
 * To be called before this process has a temporary file for `path`.
 */
export async function removeStale(path: string): Promise<void> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const [, tag, pid] = /^\.tensorseed-([0-9a-f]{16})-([0-9]+)-[0-9a-f]{12}\.tmp$/.exec(name) ?? [];
    if (tag !== tagOf(path) || isAlive(Number(pid))) continue;
    // Another process may have been faster; a file that we may not remove harms nobody.
    await unlink(join(folder, name)).catch(() => {});
  }
}

function tagOf(path: string): string {
  return createHash('sha256')
    .update(`${hostname()}\0${basename(path)}`)
    .digest('hex')
    .slice(0, 16);
}

/** What has our own number is of a process before us: containers begin to count anew. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
