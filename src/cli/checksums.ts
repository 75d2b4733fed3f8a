import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { show } from '../core/errors';
import type { TensorEntry } from '../formats/safetensors_header';
import { chunkBuffer, eachChunk } from './each_chunk';
import type { Progress } from './progress';

/** The SHA-256 of tensors' bytes in hexadecimal, by the tensors' names. */
export type Checksums = ReadonlyMap<string, string>;

/** Computes a checksum piece by piece. */
export function newChecksum(): Hash {
  return createHash('sha256');
}

/** The checksum of a tensor without elements. */
export const CHECKSUM_OF_NOTHING = newChecksum().digest('hex');

/**
 * Passes chunks on, and puts the checksum of each tensor into `checksums`. The chunks of a tensor
 * follow one another. A tensor without elements has none.
 */
export async function* withChecksums<T extends { readonly name: string }>(
  chunks: AsyncIterable<{ readonly tensor: T; readonly bytes: Uint8Array }>,
  checksums: Map<string, string>,
): AsyncGenerator<{ readonly bytes: Uint8Array }> {
  let name: string | undefined;
  let checksum = newChecksum();
  for await (const { tensor, bytes } of chunks) {
    if (tensor.name !== name) {
      if (name !== undefined) checksums.set(name, checksum.digest('hex'));
      name = tensor.name;
      checksum = newChecksum();
    }
    checksum.update(bytes);
    yield { bytes };
  }
  if (name !== undefined) checksums.set(name, checksum.digest('hex'));
}

/** The error for bytes that were changed after they were written. */
export class DamageError extends Error {
  override name = 'DamageError';
}

/** A tensor of a file whose bytes are not those that were written. */
export interface Damage {
  readonly name: string;
  readonly got: string;
  readonly want: string;
}

/**
 * Compares each tensor of a file with its checksum, in bounded memory.
 * @param checksums has one for each of the tensors
 * @param progress counts the elements that have been read
 */
export async function* findDamage(
  file: FileHandle,
  path: string,
  tensors: readonly TensorEntry[],
  checksums: Checksums,
  progress: Progress,
): AsyncGenerator<Damage> {
  const buffer = chunkBuffer();
  for (const tensor of tensors) {
    const { name, begin, end, count } = tensor;
    const checksum = newChecksum();
    await eachChunk(file, path, tensor, buffer, (bytes) => {
      checksum.update(bytes);
      progress.add((bytes.length / (end - begin)) * count, bytes.length);
    });
    const [got, want] = [checksum.digest('hex'), checksums.get(name)!];
    if (got !== want) yield { name, got, want };
  }
}

/** @param where the tensor is, such as ` of a.safetensors` */
export function damageText({ name, got, want }: Damage, where = ''): string {
  return `tensor ${show(name)}${where} is damaged: ${checksumsDiffer(got, want)}`;
}

/** Two checksums that differ, as messages show them. */
export function checksumsDiffer(got: string, want: string): string {
  return `its SHA-256 is ${shortened(got)}, and was ${shortened(want)} when it was written`;
}

/** The first digits of a checksum, for messages. */
export function shortened(checksum: string): string {
  return `${checksum.slice(0, 16)}...`;
}
