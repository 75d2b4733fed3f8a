import { createHash, randomBytes } from 'node:crypto';
import { readdir, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

/**
 * Returns a name in the folder of `path` that no other process uses. It contains the file, the
 * machine and the process, so that a file that a killed process left can be recognized.
 */
export function temporaryPath(path: string): string {
  return join(
    dirname(path),
    `.tensorseed-${tagOf(path)}-${process.pid}-${randomBytes(6).toString('hex')}.tmp`,
  );
}

/**
 * Removes the temporary files of the same output that ended processes of this machine have left.
 * Whether a process of another machine that shares the folder has ended cannot be known, so its
 * files stay. It must be called before this process has a temporary file for `path`.
 */
export async function removeStale(path: string): Promise<void> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const [, tag, pid] = /^\.tensorseed-([0-9a-f]{16})-([0-9]+)-[0-9a-f]{12}\.tmp$/.exec(name) ?? [];
    if (tag !== tagOf(path) || isAlive(Number(pid))) continue;
    // Another process may have removed it. If it must not be removed, it does no harm.
    await unlink(join(folder, name)).catch(() => {});
  }
}

function tagOf(path: string): string {
  return createHash('sha256')
    .update(`${hostname()}\0${basename(path)}`)
    .digest('hex')
    .slice(0, 16);
}

/**
 * A file with our own process number is from an earlier process, because containers begin to count
 * anew.
 */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
