import type { FileHandle } from 'node:fs/promises';
import { readExactly } from '../formats/safetensors_file';
import type { TensorEntry } from '../formats/safetensors_header';

/** Memory for a chunk of a file. */
export function chunkBuffer(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(4 * 2 ** 20);
}

/**
 * Reads a tensor's bytes, chunk after chunk.
 * @param use gets each chunk, which is valid until the next one is read
 */
export async function eachChunk(
  file: FileHandle,
  path: string,
  { begin, end }: TensorEntry,
  buffer: Uint8Array<ArrayBuffer>,
  use: (bytes: Uint8Array<ArrayBuffer>) => void,
): Promise<void> {
  for (let at = begin; at < end; at += buffer.length) {
    const bytes = buffer.subarray(0, Math.min(buffer.length, end - at));
    await readExactly(file, path, bytes, at);
    use(bytes);
  }
}
