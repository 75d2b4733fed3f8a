import { type FileHandle, open } from 'node:fs/promises';
import { onFile } from './faults';

/**
 * Opens a file for `read`, and closes it afterwards.
 * @param label what messages call the file
 */
export async function withInputFile<T>(
  path: string,
  read: (file: FileHandle) => Promise<T>,
  label = path,
): Promise<T> {
  return onFile(`cannot read ${label}`, async () => {
    const file = await open(path, 'r');
    try {
      return await read(file);
    } finally {
      await file.close();
    }
  });
}
