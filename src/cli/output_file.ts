import { randomBytes } from 'node:crypto';
import { unlinkSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ArgumentError, show } from '../errors';
import { onFile } from './faults';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Files under temporary names, for the moment when the process has to go. */
const unfinished = new Set<string>();
let watching = false;

/**
 * Refuses, before anything is computed, a path where no file can be.
 * @throws ArgumentError where `path` or its folder is something else
 */
export async function checkOutput(path: string): Promise<void> {
  const there = await stat(path).catch(() => undefined);
  if (there !== undefined && !there.isFile()) {
    throw new ArgumentError(`--out must be a file, but ${show(path)} is ${there.isDirectory() ? 'a folder' : 'no regular file'}`);
  }
  const folder = dirname(path);
  const above = await stat(folder).catch(() => undefined);
  if (above !== undefined && !above.isDirectory()) throw new ArgumentError(`--out must be in a folder, but ${show(folder)} is none`);
}

/**
 * A file that appears under its name only when it is complete. Until `commit` it is a temporary
 * file in the same folder, which `discard`, a signal or the end of the process removes.
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
      const temporary = join(folder, `.tensorseed-${process.pid}-${randomBytes(6).toString('hex')}.tmp`);
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

  /** The file under its own name; one that was there before is replaced. */
  async commit(): Promise<void> {
    await onFile(`cannot write ${this.path}`, async () => {
      await this.handle.close();
      await rename(this.temporary, this.path);
      unfinished.delete(this.temporary);
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

/** Writes all of `bytes` at `position`. */
export async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
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
