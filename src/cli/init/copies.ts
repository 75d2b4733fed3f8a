import type { FileHandle } from 'node:fs/promises';
import { SAFETENSORS_BITS, type SafetensorsDtype } from '../../formats/safetensors_dtypes';
import { elementDecoder } from '../../formats/elements';
import { readExactly } from '../../formats/safetensors_file';
import type { CopiedFileTensor, CopiedTensor, TensorChunk } from '../../models';
import { copiedChunks } from '../../models/copied_chunks';
import { mergeMoments, moments, type Moments, NO_VALUES } from '../../statistics/moments';
import type { Mismatch } from '../../verify/comparison';
import { type Checksums, newChecksum } from '../checksums';
import { withInputFile } from '../input_file';
import { Progress } from '../progress';
import { COPY_BYTES, type CopySource } from './copy_source';
import type { CheckResult } from './element_check';

/** The chunks of a tensor that is copied. */
export function chunksFrom<T extends CopiedTensor>(
  source: CopySource | undefined,
  tensor: T,
): AsyncGenerator<TensorChunk<T>> {
  return copiedChunks(tensor, { read: source?.read, chunkBytes: COPY_BYTES });
}

/** The SHA-256 of the bytes that copied tensors have in the file that is made, by their names. */
export async function checksumsOfCopies(
  copies: readonly CopiedTensor[],
  source: CopySource | undefined,
): Promise<Checksums> {
  const checksums = new Map<string, string>();
  const progress = new Progress('checksum', countOf(copies));
  for (const tensor of copies) {
    const checksum = newChecksum();
    for await (const { bytes } of chunksFrom(source, tensor)) {
      checksum.update(bytes);
      progress.add(elementsIn(bytes.length, tensor.dtype), bytes.length);
    }
    checksums.set(tensor.name, checksum.digest('hex'));
  }
  await source?.close();
  progress.end();
  return checksums;
}

/**
 * Compares the copied tensors of a file with those of the source, reading both.
 * @param copies where they lie in the file
 * @returns what was found in each tensor, by its name
 */
export function checkCopies(
  copies: readonly CopiedFileTensor[],
  source: CopySource | undefined,
  path: string,
  label: string,
  progress: Progress,
): Promise<Map<string, CheckResult>> {
  const check = async (file: FileHandle): Promise<Map<string, CheckResult>> => {
    const results = new Map<string, CheckResult>();
    for (const tensor of copies)
      results.set(tensor.name, await checkCopy(file, label, tensor, source, progress));
    return results;
  };
  return copies.length === 0 ? Promise.resolve(new Map()) : withInputFile(path, check, label);
}

async function checkCopy(
  file: FileHandle,
  label: string,
  tensor: CopiedFileTensor,
  source: CopySource | undefined,
  progress: Progress,
): Promise<CheckResult> {
  const { dtype, begin } = tensor;
  const decoder = elementDecoder(dtype);
  let all: Moments = NO_VALUES;
  let mismatch: Mismatch | undefined;
  let position = begin;
  for await (const { start, bytes: want } of chunksFrom(source, tensor)) {
    const got = new Uint8Array(want.length);
    await readExactly(file, label, got, position);
    position += got.length;
    mismatch ??= firstDifference(dtype, start, got, want);
    if (decoder !== undefined) all = mergeMoments(all, moments(decoder.decode(got)));
    progress.add(elementsIn(got.length, dtype), got.length);
  }
  return { moments: all, byReference: 0, mismatch };
}

/** The first element in which bytes differ that begin with the element `start`. */
export function firstDifference(
  dtype: SafetensorsDtype,
  start: number,
  got: Uint8Array,
  want: Uint8Array,
): Mismatch | undefined {
  const at = Buffer.compare(got, want) === 0 ? -1 : got.findIndex((byte, i) => byte !== want[i]);
  if (at === -1) return undefined;
  const bits = SAFETENSORS_BITS[dtype];
  const size = Math.ceil(bits / 8);
  const first = bits < 8 ? at : at - (at % size);
  const [found, right] = [got, want].map((bytes) => hex(bytes.subarray(first, first + size)));
  return { element: start + Math.floor((at * 8) / bits), got: found, want: right };
}

/** The bits of a little-endian element. */
function hex(bytes: Uint8Array): string {
  return `0x${Buffer.from(bytes).reverse().toString('hex')}`;
}

export function elementsIn(bytes: number, dtype: SafetensorsDtype): number {
  return (bytes * 8) / SAFETENSORS_BITS[dtype];
}

export function countOf(tensors: readonly { readonly count: number }[]): number {
  return tensors.reduce((sum, { count }) => sum + count, 0);
}
