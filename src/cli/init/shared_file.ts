import { existsError } from '../existing';
import { readFirst, withInputFile } from '../input_file';
import { checkOutput, OutputFile } from '../output_file';

/** A small file that every shard writes, with the same text. */
export interface SharedFile {
  readonly path: string;
  readonly text: string;
}

/**
 * @param force whether a file with another text is overwritten, instead of being an error
 * @returns whether the file has the text already
 * @throws Error where it has another text and `force` is false
 */
export async function checkShared(shared: SharedFile, force: boolean): Promise<boolean> {
  const { path } = shared;
  if (!(await checkOutput(path, force))) return false;
  if (await hasText(shared)) return true;
  if (!force) throw existsError(path, 'it is of another model or another number of shards');
  return false;
}

/** Writes the file, unless it is there. */
export async function writeShared(shared: SharedFile, force: boolean): Promise<void> {
  if (await checkShared(shared, force)) return;
  const file = await OutputFile.create(shared.path, force);
  try {
    await file.write(new TextEncoder().encode(shared.text));
    await file.commit();
  } finally {
    await file.discard();
  }
}

function hasText({ path, text }: SharedFile): Promise<boolean> {
  const wanted = Buffer.from(text);
  return withInputFile(path, async (file) => {
    if ((await file.stat()).size !== wanted.length) return false;
    return wanted.equals(await readFirst(file, path, wanted.length));
  });
}
