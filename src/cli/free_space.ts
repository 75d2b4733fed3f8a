import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { grouped } from '../text/numbers';

/**
 * Refuses a file for which the disk has no room, before anything is computed. A file system that does
 * not say how large it is may have room, and the writing will show.
 */
export async function checkSpace(path: string, bytes: number): Promise<void> {
  const { bsize, blocks, bavail } = await statistics(dirname(path));
  const free = bsize * bavail;
  if (!(bsize > 0 && blocks > 0 && bavail <= blocks) || bytes <= free) return;
  throw new Error(
    `cannot write ${path}: it needs ${grouped(bytes)} bytes, and ${grouped(free)} are free on the disk`,
  );
}

/** Of the file system of the folder, or of the nearest one above it that exists. */
async function statistics(folder: string): Promise<{ bsize: number; blocks: number; bavail: number }> {
  try {
    return await statfs(folder);
  } catch (error) {
    const above = dirname(folder);
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return isMissing && above !== folder ? statistics(above) : { bsize: 0, blocks: 0, bavail: 0 };
  }
}
