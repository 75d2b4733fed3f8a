import type { Stats } from 'node:fs';

/** What is at a path where no regular file is, in words. */
export function kindOf(there: Stats): string {
  if (there.isDirectory()) return 'a folder';
  if (there.isFIFO()) return 'a FIFO';
  if (there.isSocket()) return 'a socket';
  return 'a device';
}
