import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, unlinkSync } from 'node:fs';
import { readdir, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * How long a temporary file stays after it was last written or touched. Whoever works on one touches
 * it far more often, so an older one is what a killed process left. Process numbers cannot tell: each
 * container counts its own from 1, and other machines may share the folder.
 */
export const LEASE_MS = 120_000;

/** Returns a name in the folder of `path` that nobody else uses. */
export function temporaryPath(path: string): string {
  return join(dirname(path), `.tensorseed-${tagOf(path)}-${randomBytes(8).toString('hex')}.tmp`);
}

/** Removes the temporary files of the same output whose lease has passed. */
export async function removeStale(path: string): Promise<void> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => []);
  const tag = tagOf(path);
  const left = names.filter(
    (name) => /^\.tensorseed-([0-9a-f]{16})-[0-9a-f]{16}\.tmp$/.exec(name)?.[1] === tag,
  );
  if (left.length === 0) return;
  const now = timeOf(path);
  for (const name of left) {
    const there = await stat(join(folder, name)).catch(() => undefined);
    if (now === undefined || there === undefined || now - there.mtimeMs < LEASE_MS) continue;
    // Another process may have removed it. If it must not be removed, it does no harm.
    await unlink(join(folder, name)).catch(() => {});
  }
}

/**
 * The time by the clock that dates the files of a folder, which on a network disk is another
 * machine's; undefined where no file can be made. Signals are watched by then, so that none comes between
 * and leaves one.
 */
function timeOf(path: string): number | undefined {
  const probe = temporaryPath(path);
  try {
    const file = openSync(probe, 'wx');
    try {
      return fstatSync(file).mtimeMs;
    } finally {
      closeSync(file);
      unlinkSync(probe);
    }
  } catch {
    return undefined;
  }
}

/** A word that stands for the output in the names of its temporary files. */
function tagOf(path: string): string {
  return createHash('sha256').update(basename(path)).digest('hex').slice(0, 16);
}
