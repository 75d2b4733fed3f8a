import { constants, type Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { ArgumentError } from '../core/errors';
import { readExactly } from '../formats/safetensors_file';
import { onFile, onPath } from './faults';
import { kindOf } from './file_kind';

/**
 * Opens a file to read it, and is the one place that does. Only regular files have an end: a FIFO
 * would wait for a writer, and a device may go on for ever. No file is read further than the size that
 * it has here, so files of /proc, whose size is 0, are empty.
 * @param label what messages call the file
 * @throws ArgumentError where there is no regular file
 */
export function openInput(path: string, label = path): Promise<FileHandle> {
  return onPath(`cannot read ${label}`, async () => {
    // To open some devices does something to them, so the path is looked at first. What is there may
    // change until it is opened, which therefore does not wait, and what was opened is looked at again.
    checkRegular(label, await stat(path));
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      checkRegular(label, await file.stat());
    } catch (error) {
      await file.close();
      throw error;
    }
    return file;
  });
}

/** @throws ArgumentError where it is no regular file */
export function checkRegular(label: string, there: Stats): void {
  if (!there.isFile()) throw new ArgumentError(`${label} is no file: it is ${kindOf(there)}`);
}

/**
 * Opens a file for `read`, and closes it afterwards.
 * @param label what messages call the file
 * @throws ArgumentError where there is no regular file
 */
export async function withInputFile<T>(
  path: string,
  read: (file: FileHandle) => Promise<T>,
  label = path,
): Promise<T> {
  const file = await openInput(path, label);
  try {
    return await onFile(`cannot read ${label}`, () => read(file));
  } finally {
    await file.close();
  }
}

/**
 * Reads a whole file.
 * @param most how many bytes it may have
 * @param use what it would be too large for, such as `rules`
 */
export function readWhole(path: string, most: number, use: string): Promise<Uint8Array> {
  return withInputFile(path, async (file) => {
    const { size } = await file.stat();
    if (size > most) throw new ArgumentError(`${path} has ${size} bytes, more than ${most} for ${use}`);
    return readFirst(file, path, size);
  });
}

/** Reads a file's first bytes. */
export async function readFirst(file: FileHandle, path: string, count: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(count);
  await readExactly(file, path, bytes, 0);
  return bytes;
}
