import { unlinkSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ArgumentError, show } from '../core/errors';
import { onFile } from './faults';
import { removeStale, temporaryPath } from './temporary_name';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The temporary files that must be removed when the process ends. */
const unfinished = new Set<string>();
let watching = false;

/**
 * Refuses a path where no file can be, before anything is computed, and removes the temporary files
 * that killed processes left of the same output.
 * @returns whether there is a file
 * @throws ArgumentError where `path` or its folder is something else
 */
export async function checkOutput(path: string): Promise<boolean> {
  const there = await stat(path).catch(() => undefined);
  if (there !== undefined && !there.isFile()) {
    throw new ArgumentError(
      `--out must be a file, but ${show(path)} is ${there.isDirectory() ? 'a folder' : 'no regular file'}`,
    );
  }
  const folder = dirname(path);
  const above = await stat(folder).catch(() => undefined);
  if (above !== undefined && !above.isDirectory())
    throw new ArgumentError(`--out must be in a folder, but ${show(folder)} is none`);
  await removeStale(path);
  return there !== undefined;
}

/**
 * A file that appears under its name only when it is complete. Until `commit` it is a temporary
 * file in the same folder, which `discard`, a signal or the end of the process removes. A link is
 * replaced, not followed.
 */
export class OutputFile {
  private position = 0;

  private constructor(
    readonly path: string,
    /** Where the bytes are until `commit`. */
    readonly temporary: string,
    readonly handle: FileHandle,
  ) {}

  /** Opens the temporary file. Folders that are missing are created. */
  static async create(path: string): Promise<OutputFile> {
    return onFile(`cannot write ${path}`, async () => {
      const folder = dirname(path);
      await makeFolder(folder);
      watch();
      const temporary = temporaryPath(path);
      unfinished.add(temporary);
      try {
        return new OutputFile(path, temporary, await open(temporary, 'wx+'));
      } catch (error) {
        unfinished.delete(temporary);
        throw error;
      }
    });
  }

  /** Appends all of `bytes`. */
  async write(bytes: Uint8Array): Promise<void> {
    await onFile(`cannot write ${this.path}`, () => writeAll(this.handle, bytes, this.position));
    this.position += bytes.length;
  }

  /** Replaces bytes that are written already, from `position` on. */
  async replace(bytes: Uint8Array, position: number): Promise<void> {
    await onFile(`cannot write ${this.path}`, () => writeAll(this.handle, bytes, position));
  }

  /**
   * Syncs the file to the disk and gives it its own name. A file that had that name is replaced.
   */
  async commit(): Promise<void> {
    await onFile(`cannot write ${this.path}`, async () => {
      await this.handle.sync();
      await this.handle.close();
      await rename(this.temporary, this.path);
      unfinished.delete(this.temporary);
      await syncFolder(dirname(this.path));
    });
  }

  /** Removes the temporary file. It may be called at any time; after `commit` it does nothing. */
  async discard(): Promise<void> {
    if (!unfinished.has(this.temporary)) return;
    await this.handle.close().catch(() => {});
    await unlink(this.temporary).catch(() => {});
    unfinished.delete(this.temporary);
  }
}

/**
 * Syncs a folder, so that the file's name is on the disk, too. Windows cannot do that to a folder.
 */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

/** Writes all of `bytes` at `position`. */
export async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
  }
}

function watch(): void {
  if (watching) return;
  watching = true;
  process.once('exit', removeUnfinished);
  for (const signal of SIGNALS) {
    process.once(signal, () => {
      removeUnfinished();
      // Nothing listens to the signal any more, so now it ends the process.
      process.kill(process.pid, signal);
    });
  }
}

function removeUnfinished(): void {
  for (const temporary of unfinished) {
    try {
      unlinkSync(temporary);
    } catch {
      // It is gone already, or must not be removed, and there is nobody left to tell.
    }
  }
}

/**
 * Creates a folder and those above it, one by one, because in /proc Node's `recursive` never ends.
 */
async function makeFolder(folder: string): Promise<void> {
  if ((await stat(folder).catch(() => undefined)) !== undefined) return;
  const above = dirname(folder);
  if (above !== folder) await makeFolder(above);
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}
