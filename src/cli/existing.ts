import type { FileHandle } from 'node:fs/promises';
import { ArgumentError, show } from '../core/errors';
import type { SafetensorsPlan, TensorSpec } from '../formats/safetensors';
import { formatName } from '../formats/safetensors_dtypes';
import { readExactly, readSafetensorsHeader } from '../formats/safetensors_file';
import type { SafetensorsHeader } from '../formats/safetensors_header';
import { shapeText } from '../text/numbers';

/**
 * The error for a file that is there and is neither what would be written nor to be overwritten.
 */
export function existsError(path: string, reason: string): Error {
  return new Error(`${path} exists and is not what this would write: ${reason}; --force overwrites it`);
}

/** @throws Error where a file's header is not to the byte what it is to be */
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
  checkTensors(path, header, plan.tensors);
  throw existsError(path, 'its header has the same tensors in other words');
}

/**
 * @throws Error that names the first tensor that is missing, of another shape or type, or too many
 */
export function checkTensors(path: string, header: SafetensorsHeader, tensors: readonly TensorSpec[]): void {
  const found = new Map(header.tensors.map((tensor) => [tensor.name, tensor]));
  for (const { name, shape, dtype } of tensors) {
    const there = found.get(name);
    if (there === undefined) throw existsError(path, `it has no tensor ${show(name)}`);
    const [has, wants] = [
      `${there.dtype} ${shapeText(there.shape)}`,
      `${formatName(dtype)} ${shapeText(shape)}`,
    ];
    if (has !== wants) throw existsError(path, `tensor ${show(name)} is ${has}, not ${wants}`);
    found.delete(name);
  }
  for (const name of found.keys())
    throw existsError(path, `it has the tensor ${show(name)}, which is not to be there`);
}
