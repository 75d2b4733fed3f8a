import type { BigIntStats } from 'node:fs';
import { type FileHandle, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ArgumentError, show } from '../../core/errors';
import { readExactly, readSafetensorsHeader } from '../../formats/safetensors_file';
import type { CopiedTensor, ReadBytes } from '../../models';
import { onFile } from '../faults';
import { openInput, withInputFile } from '../input_file';
import { stopwatch } from '../stopwatch';

/** The most bytes that are read at once. */
export const COPY_BYTES = 4 * 2 ** 20;

/** A file from which tensors are copied, as it was at first. */
interface SourceFile {
  readonly path: string;
  readonly identity: string;
}

/**
 * The files of a checkpoint from which tensors are copied. They must not change meanwhile. One at a time is open, as
 * a checkpoint may have more files than a process may open.
 */
export class CopySource {
  private readonly memory = new Uint8Array(COPY_BYTES);
  private opened: { readonly path: string; readonly handle: FileHandle } | undefined;
  private seconds = 0;

  private constructor(
    /** What the command line calls the checkpoint. */
    readonly label: string,
    private readonly files: ReadonlyMap<string | undefined, SourceFile>,
  ) {}

  /**
   * Looks at the files of a checkpoint, each of which must be complete and have the tensors where they were found.
   * @param argument the path of the file or of the index
   * @param outputs the paths that will be written
   * @returns undefined where nothing is copied
   * @throws ArgumentError where an output is one of the files, or a file is cut off
   */
  static async open(
    argument: string,
    copies: readonly CopiedTensor[],
    outputs: readonly string[],
  ): Promise<CopySource | undefined> {
    if (copies.length === 0) return undefined;
    const byFile = new Map<string | undefined, CopiedTensor[]>();
    for (const tensor of copies) {
      if (tensor.place === undefined) continue; // It is empty.
      const { file } = tensor.place;
      const beside = byFile.get(file);
      if (beside === undefined) byFile.set(file, [tensor]);
      else beside.push(tensor);
    }
    const pathOf = (file: string | undefined): string =>
      file === undefined ? argument : join(dirname(argument), file);
    await refuseSameFile([argument, ...[...byFile.keys()].map(pathOf)], outputs);
    const files = new Map<string | undefined, SourceFile>();
    for (const [file, tensors] of byFile) files.set(file, await lookAt(pathOf(file), tensors));
    return new CopySource(argument, files);
  }

  /** Reads bytes of a file. They are valid until the next call. */
  readonly read: ReadBytes = async (file, begin, end) => {
    const lap = stopwatch();
    const { path } = this.files.get(file)!;
    const handle = await this.openFile(this.files.get(file)!);
    const bytes =
      end - begin > COPY_BYTES ? new Uint8Array(end - begin) : this.memory.subarray(0, end - begin);
    await onFile(`cannot read ${path}`, () => readExactly(handle, path, bytes, begin));
    this.seconds += lap();
    return bytes;
  };

  /** How long reads took since this was last asked. */
  lap(): number {
    const { seconds } = this;
    this.seconds = 0;
    return seconds;
  }

  /** @throws Error where a file is not what it was at first */
  async checkUnchanged(): Promise<void> {
    for (const { path, identity } of this.files.values()) {
      const now = await stat(path, { bigint: true }).catch(() => undefined);
      if (now === undefined || identityOf(now) !== identity) throw changedError(path);
    }
  }

  /** Closes the file that is open. The next read opens it again. */
  async close(): Promise<void> {
    await this.opened?.handle.close();
    this.opened = undefined;
  }

  private async openFile({ path, identity }: SourceFile): Promise<FileHandle> {
    if (this.opened?.path === path) return this.opened.handle;
    await this.close();
    const handle = await openInput(path);
    this.opened = { path, handle };
    if (identityOf(await handle.stat({ bigint: true })) !== identity) throw changedError(path);
    return handle;
  }
}

/** What changes where a file is written or another one takes its name. */
function identityOf({ dev, ino, size, mtimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs].join();
}

function changedError(path: string): Error {
  return new Error(
    `${path} changed while tensors were copied from it: give the command again when it is complete`,
  );
}

/** @throws Error where the file's header is not the one from which the tensors are known */
function lookAt(path: string, tensors: readonly CopiedTensor[]): Promise<SourceFile> {
  return withInputFile(path, async (file) => {
    const identity = identityOf(await file.stat({ bigint: true }));
    const header = await readSafetensorsHeader(file, path);
    const found = new Map(header.tensors.map((entry) => [entry.name, entry]));
    for (const { name, stored, shape, place } of tensors) {
      const entry = found.get(name);
      const [has, had] = [entry && [entry.dtype, entry.shape, entry.begin], [stored, shape, place!.begin]];
      if (JSON.stringify(has) !== JSON.stringify(had)) throw changedError(path);
    }
    return { path, identity };
  });
}

/** @throws ArgumentError where an output is one of the inputs, by whatever name */
async function refuseSameFile(inputs: readonly string[], outputs: readonly string[]): Promise<void> {
  const nodeOf = async (path: string): Promise<string | undefined> => {
    const there = await stat(path, { bigint: true }).catch(() => undefined);
    return there && [there.dev, there.ino].join();
  };
  const nodes = new Map(await Promise.all(inputs.map(async (path) => [await nodeOf(path), path] as const)));
  nodes.delete(undefined);
  for (const output of outputs) {
    const input = nodes.get(await nodeOf(output));
    if (input !== undefined)
      throw new ArgumentError(
        `--out would write ${show(output)}, which is ${show(input)}, from which tensors are copied: give another name`,
      );
  }
}
