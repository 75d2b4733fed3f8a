import { readFile, stat } from 'node:fs/promises';
import { existsError } from '../existing';
import { onFile } from '../faults';
import { OutputFile } from '../output_file';

/** A small file that every shard writes, with the same text. */
export interface SharedFile {
  readonly path: string;
  readonly text: string;
}

/** @throws Error where the file exists and has another text */
export async function checkShared(file: SharedFile): Promise<void> {
  if ((await stateOf(file)) === 'other')
    throw existsError(file.path, 'it is of another model or another number of shards');
}

/**
 * Writes the file, unless it is there.
 * @param force whether a file with another text is overwritten, instead of being an error
 */
export async function writeShared(shared: SharedFile, force: boolean): Promise<void> {
  if (!force) await checkShared(shared);
  if ((await stateOf(shared)) === 'same') return;
  const file = await OutputFile.create(shared.path);
  try {
    await file.write(new TextEncoder().encode(shared.text));
    await file.commit();
  } finally {
    await file.discard();
  }
}

async function stateOf({ path, text }: SharedFile): Promise<'absent' | 'same' | 'other'> {
  const there = await stat(path).catch(() => undefined);
  if (there === undefined) return 'absent';
  const wanted = Buffer.from(text);
  if (!there.isFile() || there.size !== wanted.length) return 'other';
  return wanted.equals(await onFile(`cannot read ${path}`, () => readFile(path))) ? 'same' : 'other';
}
