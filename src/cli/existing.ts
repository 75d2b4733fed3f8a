import { type FileHandle, open, readFile, stat } from 'node:fs/promises';
import { ArgumentError, show } from '../core/errors';
import type { SafetensorsPlan, TensorSpec } from '../formats/safetensors';
import { SAFETENSORS_NAME } from '../formats/safetensors_dtypes';
import { readExactly, readSafetensorsHeader } from '../formats/safetensors_file';
import { onFile } from './faults';
import type { Difference } from './model_run';
import { shapeText } from '../text/numbers';
import { OutputFile } from './output_file';

/** What is there is neither kept nor overwritten. */
export function existsError(path: string, reason: string): Error {
  return new Error(`${path} exists and is not what this would write: ${reason}; --force overwrites it`);
}

/** @param from what it differs from, where that is not plain */
export function differenceText({ name, element, got, want }: Difference, from = ''): string {
  return `tensor ${show(name)} differs${from}, first at element ${element}: ${got}, not ${want}`;
}

/** Opens an output that exists, for a comparison. */
export async function onExisting<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  return onFile(`cannot read ${path}`, async () => {
    const file = await open(path, 'r');
    try {
      return await use(file);
    } finally {
      await file.close();
    }
  });
}

/** @throws Error that names the first tensor that is missing, of another shape or type, or too many */
export async function checkHeader(
  file: FileHandle,
  path: string,
  plan: SafetensorsPlan<TensorSpec>,
): Promise<void> {
  const { size } = await file.stat();
  const first = new Uint8Array(Math.min(plan.header.length, size));
  await readExactly(file, path, first, 0);
  if (size === plan.fileBytes && Buffer.compare(first, plan.header) === 0) return;
  const header = await readSafetensorsHeader(file, path).catch((error: unknown) => {
    throw error instanceof ArgumentError ? existsError(path, error.message) : error;
  });
  const found = new Map(header.tensors.map((tensor) => [tensor.name, tensor]));
  for (const { name, shape, dtype } of plan.tensors) {
    const there = found.get(name);
    if (there === undefined) throw existsError(path, `it has no tensor ${show(name)}`);
    const [has, wants] = [
      `${there.dtype} ${shapeText(there.shape)}`,
      `${SAFETENSORS_NAME[dtype]} ${shapeText(shape)}`,
    ];
    if (has !== wants) throw existsError(path, `tensor ${show(name)} is ${has}, not ${wants}`);
    found.delete(name);
  }
  for (const name of found.keys())
    throw existsError(path, `it has the tensor ${show(name)}, which is not to be there`);
  throw existsError(path, 'its header has the same tensors in other words');
}

/** A small file that is the same whoever writes it. */
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
 * Writes it, unless it is there.
 * @param force whether one with another text is overwritten, else an error
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
