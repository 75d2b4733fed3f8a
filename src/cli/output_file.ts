import { unlinkSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ArgumentError, show } from '../core/errors';
import { onFile } from './faults';
import { removeStale, temporaryPath } from './temporary_name';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Files under temporary names, for the moment when the process has to go. */
const unfinished = new Set<string>();
let watching = false;

/**
 * Refuses, before anything is computed, a path where no file can be, and clears away what killed
 * processes left of the same file.
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
 * file in the same folder, which `discard`, a signal or the end of the process removes. A link is replaced, not followed.
 */
export class OutputFile {
  private position = 0;

  private constructor(
    readonly path: string,
    /** Where the bytes are until `commit`. */
    readonly temporary: string,
    readonly handle: FileHandle,
  ) {}

  /** Missing folders are made. */
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

  /** The file under its own name, its bytes on the disk; one that was there before is replaced. */
  async commit(): Promise<void> {
    await onFile(`cannot write ${this.path}`, async () => {
      await this.handle.sync();
      await this.handle.close();
      await rename(this.temporary, this.path);
      unfinished.delete(this.temporary);
      await syncFolder(dirname(this.path));
    });
  }

  /** Nothing remains; also after `commit`, which it leaves alone, and after a fault. */
  async discard(): Promise<void> {
    if (!unfinished.has(this.temporary)) return;
    await this.handle.close().catch(() => {});
    await unlink(this.temporary).catch(() => {});
    unfinished.delete(this.temporary);
  }
}

/** The name on the disk, too, where the system can do that to a folder: Windows cannot. */
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
      // Nothing listens any more, so the signal now does what it does to any process.
      process.kill(process.pid, signal);
    });
  }
}

function removeUnfinished(): void {
  for (const temporary of unfinished) {
    try {
      unlinkSync(temporary);
    } catch {
      // Gone already, or beyond our rights: there is nobody left to tell.
    }
  }
}

/** A folder and those above it. One by one: in /proc, Node's `recursive` never ends. */
async function makeFolder(folder: string): Promise<void> {
  if ((await stat(folder).catch(() => undefined)) !== undefined) return;
  const above = dirname(folder);
  if (above !== folder) await makeFolder(above);
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}
