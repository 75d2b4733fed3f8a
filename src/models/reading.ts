import { ArgumentError } from '../core/errors';
import { headerLength } from '../formats/safetensors_header';
import { isArchive } from './keras_archive';
import { isSafetensors, MAX_MODEL_BYTES } from './source';

/** Of a .keras file, which is read as a whole, its weights too. */
const MAX_ARCHIVE_BYTES = 2 ** 30;

/** What of a file `bytesToRead` looks at. */
export const FIRST_BYTES = 9;

/**
 * How many of a file's first bytes `parseModel` needs: of a safetensors file those with its header, however large it is, of any other all.
 * @param file the file's name for messages
 * @param first its first 9 bytes, or all if it has fewer
 * @throws ArgumentError where the file is too large for a model, or cut off
 */
export function bytesToRead(file: string, first: Uint8Array, fileBytes: number): number {
  if (isSafetensors(first)) return 8 + headerLength(file, first, fileBytes);
  const most = isArchive(first) ? MAX_ARCHIVE_BYTES : MAX_MODEL_BYTES;
  if (fileBytes > most)
    throw new ArgumentError(`${file} has ${fileBytes} bytes, more than ${most} for a model`);
  return fileBytes;
}
