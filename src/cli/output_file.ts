import { closeSync, openSync, type Stats, unlinkSync } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, rename, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ArgumentError, show } from '../core/errors';
import { existsError } from './existing';
import { onFile, onPath } from './faults';
import { kindOf } from './file_kind';
import { keepLease } from './lease';
import { takeName } from './own_name';
import { sameBytes } from './same_bytes';
import { removeStale, temporaryPath } from './temporary_name';

const NO_TARGET = 'a link that leads to no file';

/** So many bytes are flushed together, while more are written. */
const FLUSH_BYTES = 64 * 2 ** 20;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The temporary files that must be removed when the process ends. */
const unfinished = new Set<string>();
let watching = false;

/**
 * Refuses a path where no file can be, before anything is computed, and removes the temporary files
 * that killed processes left of the same output.
 * @param replaces whether a file that is there is replaced, as by --force
 * @returns whether there is a file
 * @throws ArgumentError where `path` or its folder is something else
 * @throws Error where `path` is a link that leads to nothing, and is not to be replaced
 */
export async function checkOutput(path: string, replaces: boolean): Promise<boolean> {
  const folder = dirname(path);
  const above = await stat(folder).catch(() => undefined);
  if (above !== undefined && !above.isDirectory())
    throw new ArgumentError(`--out must be in a folder, but ${show(folder)} is none`);
  const there = await onPath(`cannot write ${path}`, () => lookAt(path));
  if (there === NO_TARGET) {
    if (!replaces) throw existsError(path, `it is ${NO_TARGET}`);
  } else if (there !== undefined && !there.isFile())
    throw new ArgumentError(`--out must be a file, but ${show(path)} is ${kindOf(there)}`);
  watch(); // before removeStale makes a file for a moment
  await removeStale(path);
  return there !== undefined;
}

/** What is at a path, or where the link leads that is there; undefined where there is nothing. */
async function lookAt(path: string): Promise<Stats | typeof NO_TARGET | undefined> {
  try {
    await lstat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return stat(path).catch(() => NO_TARGET);
}

/**
 * A file that appears under its name only when it is complete. Until `commit` it is a temporary
 * file in the same folder, which `discard`, a signal or the end of the process removes. A link is
 * replaced, not followed.
 */
export class OutputFile {
  private position = 0;
  /** How many bytes were written since the last flush began. */
  private unflushed = 0;
  /** The flush that is under way. */
  private flushing: Promise<void> | undefined;
  /** Why a flush failed. The system says that once, and the next flush would succeed. */
  private fault: { readonly error: unknown } | undefined;

  private constructor(
    readonly path: string,
    /** Where the bytes are until `commit`. */
    readonly temporary: string,
    readonly handle: FileHandle,
    private readonly replaces: boolean,
    private readonly endLease: () => void,
  ) {}

  /**
   * Opens the temporary file. Folders that are missing are created.
   * @param replaces whether a file that has the name when this one is complete is replaced
   */
  static async create(path: string, replaces: boolean): Promise<OutputFile> {
    const what = `cannot write ${path}`;
    const temporary = temporaryPath(path);
    await onPath(what, async () => {
      await makeFolder(dirname(path));
      watch();
      closeSync(openSync(temporary, 'wx')); // at once, so that no signal comes before it is listed
      unfinished.add(temporary);
    });
    return onFile(what, async () => {
      const handle = await open(temporary, 'r+').catch((error: unknown) => rethrow(path, error));
      return new OutputFile(path, temporary, handle, replaces, await keepLease(handle));
    });
  }

  /** Appends all of `bytes`. Now and then a flush begins, so that little is left for the last one. */
  async write(bytes: Uint8Array): Promise<void> {
    await onFile(`cannot write ${this.path}`, async () => {
      this.throwFault();
      await writeAll(this.handle, bytes, this.position);
    });
    this.position += bytes.length;
    this.unflushed += bytes.length;
    if (this.unflushed >= FLUSH_BYTES) this.flush();
  }

  /** Begins to flush to the disk what is written, unless a flush is under way. It waits for nothing. */
  flush(): void {
    if (this.flushing !== undefined) return;
    this.unflushed = 0;
    this.flushing = this.handle
      .datasync()
      .catch((error: unknown) => void (this.fault ??= { error }))
      .finally(() => void (this.flushing = undefined));
  }

  private throwFault(): void {
    if (this.fault !== undefined) throw this.fault.error;
  }

  /** Replaces bytes that are written already, from `position` on. */
  async replace(bytes: Uint8Array, position: number): Promise<void> {
    await onFile(`cannot write ${this.path}`, () => writeAll(this.handle, bytes, position));
  }

  /**
   * Syncs the file to the disk and gives it its own name. Where the name has come into being
   * meanwhile, what has it stays, unless it is to be replaced.
   * @returns whether this file has the name now; if not, one with the same bytes has it
   * @throws Error where something else has the name
   */
  async commit(): Promise<boolean> {
    return onFile(`cannot write ${this.path}`, async () => {
      await this.flushing;
      this.throwFault();
      await this.handle.sync();
      this.endLease();
      await this.handle.close();
      const named = this.replaces
        ? rename(this.temporary, this.path).then(() => true)
        : takeName(this.temporary, this.path);
      if (await named.catch((error: unknown) => rethrow(this.path, error))) {
        unfinished.delete(this.temporary);
        await syncFolder(dirname(this.path));
        return true;
      }
      if (!(await sameBytes(this.temporary, this.path)))
        throw new Error(
          `cannot write ${this.path}: it has come into being while this ran, and stays as it is; ` +
            'the same command again compares it, --force overwrites it',
        );
      await this.discard();
      return false;
    });
  }

  /** Removes the temporary file. It may be called at any time; after `commit` it does nothing. */
  async discard(): Promise<void> {
    if (!unfinished.has(this.temporary)) return;
    this.endLease();
    await this.handle.close().catch(() => {});
    await unlink(this.temporary).catch(() => {});
    unfinished.delete(this.temporary);
  }
}

/** Throws the error of an operation on a temporary file, in other words where that is gone. */
function rethrow(path: string, error: unknown): never {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  throw new Error(`cannot write ${path}: its folder or temporary file was removed while this ran`);
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

/** From now on a signal waits until the code that runs has ended, and removes the temporary files. */
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
