import { count } from '../core/check';
import { ArgumentError } from '../core/errors';
import { headerLength } from '../formats/safetensors_header';
import { checkBytes, checkFileName } from './bytes';
import { isHdf5 } from '../formats/hdf5';
import { isSafetensors } from './checkpoint';
import { refuseForeign } from './foreign_files';
import { isArchive } from './keras_archive';
import { MAX_MODEL_BYTES } from './model_text';

/** The most bytes of a .keras or .h5 file that is given as a whole, with its weights. */
const MAX_ARCHIVE_BYTES = 2 ** 30;

/** How many of a file's first bytes `bytesToRead` needs. */
export const FIRST_BYTES = 9;

/**
 * How many of a file's first bytes `parseModel` needs: of a safetensors file those up to the end of its
 * header, and all of any other file. HDF5 and .keras files describe their tensors anywhere.
 * @param file the file's name for messages
 * @param first its first 9 bytes, or all if it has fewer
 * @param fileBytes the length of the file
 * @returns a number of bytes, counted from the beginning of the file
 * @throws ArgumentError where the file is too large for a model, cut off, or of a format that is not read
 *
 * @example
 * ```ts
 * import { bytesToRead, modelFile } from 'tensorseed/models';
 *
 * const { header, byteLength } = modelFile('gpt2', { seed: 42 });
 * console.log(bytesToRead('gpt2.safetensors', header.subarray(0, 9), byteLength) === header.length); // true
 * ```
 */
export function bytesToRead(file: string, first: Uint8Array, fileBytes: number): number {
  const name = checkFileName(file);
  const bytes = checkBytes('first', first);
  count('fileBytes', fileBytes);
  refuseForeign(name, bytes);
  if (isSafetensors(bytes)) return 8 + headerLength(name, bytes, fileBytes);
  const most = isArchive(bytes) || isHdf5(bytes) ? MAX_ARCHIVE_BYTES : MAX_MODEL_BYTES;
  if (fileBytes > most)
    throw new ArgumentError(`${name} has ${fileBytes} bytes, more than ${most} for a model`);
  return fileBytes;
}
