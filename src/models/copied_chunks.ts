import { throwIfAborted } from '../core/abort';
import { ArgumentError, show } from '../core/errors';
import { SAFETENSORS_BITS } from '../formats/safetensors_dtypes';
import { bytesOf } from './bytes';
import { convert } from './convert';
import type { CopiedTensor } from './copied';
import type { TensorChunk } from './resolved';

/**
 * Reads bytes of a checkpoint for tensors that are copied.
 * @param file the file's name in the index; undefined where the source is one file
 * @param begin the first byte
 * @param end the byte behind the last one
 * @returns the bytes; they are used before the next ones are asked for
 *
 * @example
 * ```ts
 * import { open } from 'node:fs/promises';
 * import type { ReadBytes } from 'tensorseed/models';
 *
 * const read: ReadBytes = async (file = 'model.safetensors', begin, end) => {
 *   const handle = await open(file);
 *   const { buffer } = await handle.read(new Uint8Array(end - begin), 0, end - begin, begin);
 *   await handle.close();
 *   return buffer;
 * };
 * ```
 */
export type ReadBytes = (
  file: string | undefined,
  begin: number,
  end: number,
) => Promise<Uint8Array> | Uint8Array;

/** How the bytes of copied tensors are read. */
export interface CopyOptions {
  readonly read?: ReadBytes | undefined;
  /** The most bytes of a chunk, and of a read as well unless elements are converted to a shorter type. */
  readonly chunkBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * @throws ArgumentError for a tensor of which it is unknown where its bytes are
 */
export function checkPlaces(copies: readonly CopiedTensor[]): void {
  const lost = copies.find(({ place, count }) => place === undefined && count > 0);
  if (lost !== undefined)
    throw new ArgumentError(
      `tensor ${show(lost.name)} is to be copied, but a header as JSON does not say where its bytes are: ` +
        'give the file, or its first bytes up to the end of the header',
    );
}

/**
 * @throws ArgumentError where `read` is no function, or it is missing and the source does not have the bytes
 */
export function checkReadable(copies: readonly CopiedTensor[], read: unknown): void {
  if (read !== undefined && typeof read !== 'function')
    throw new ArgumentError(`read must be a function (file, begin, end) => bytes, got ${show(read)}`);
  checkPlaces(copies);
  const lost = copies.find(({ bytes, count }) => bytes === undefined && count > 0);
  if (lost !== undefined && read === undefined)
    throw new ArgumentError(
      `tensor ${show(lost.name)} is to be copied, but the source has its header only: ` +
        'give the option read, or the whole file as the source',
    );
}

/**
 * The bytes of a copied tensor, chunk after chunk, in whole elements.
 * @throws ArgumentError where `read` gives something else than the bytes that were asked for
 */
export async function* copiedChunks<T extends CopiedTensor>(
  tensor: T,
  { read, chunkBytes, signal }: CopyOptions,
): AsyncGenerator<TensorChunk<T>> {
  const { count, dtype, stored } = tensor;
  // Elements of 4 or 6 bits fill whole bytes together with others.
  const step = SAFETENSORS_BITS[dtype] % 8 === 0 ? 1 : 4;
  const stepBytes = (step * SAFETENSORS_BITS[dtype]) / 8;
  const most = Math.max(Math.floor(chunkBytes / stepBytes), 1) * step;
  for (let start = 0; start < count; start += most) {
    throwIfAborted(signal);
    const bits = SAFETENSORS_BITS[stored];
    const [begin, end] = [start, Math.min(start + most, count)].map((element) => (element * bits) / 8);
    const bytes = tensor.bytes?.subarray(begin, end) ?? (await readFrom(tensor, read!, begin, end));
    yield { tensor, start, bytes: stored === dtype ? bytes : convert(bytes, stored, dtype) };
  }
}

async function readFrom(
  { name, place }: CopiedTensor,
  read: ReadBytes,
  begin: number,
  end: number,
): Promise<Uint8Array> {
  const { file, begin: first } = place!;
  const got: unknown = await read(file, first + begin, first + end);
  const bytes = bytesOf('what read gives', got);
  const wanted = `bytes [${first + begin}, ${first + end}) of ${file ?? 'the source'} for tensor ${show(name)}`;
  if (bytes === undefined)
    throw new ArgumentError(`read must give ${wanted} as a Uint8Array, got ${show(got)}`);
  if (bytes.length !== end - begin)
    throw new ArgumentError(
      `read gave ${bytes.length} bytes, not the ${end - begin} ${wanted}: the file is cut off or another one`,
    );
  return bytes;
}
