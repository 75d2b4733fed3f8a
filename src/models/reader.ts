import { ArgumentError } from '../core/errors';
import { isHdf5, loadHdf5 } from '../formats/hdf5';
import { isArchive } from './keras_archive';

/**
 * Loads the reader of HDF5 files where a file needs it. A .keras file is read without its weights where there is no
 * reader.
 * @param first the file's first 9 bytes or more
 * @throws ArgumentError (as a rejection) where an HDF5 file needs it and it is not installed
 */
export async function loadReaderFor(first: Uint8Array): Promise<void> {
  if (isHdf5(first)) await loadHdf5();
  if (!isArchive(first)) return;
  await loadHdf5().catch((error: unknown) => {
    if (!(error instanceof ArgumentError)) throw error;
  });
}

/** Whether a file is one of those of which parts are read here and there, and not the first bytes. */
export function isReadInParts(first: Uint8Array): boolean {
  return isHdf5(first) || isArchive(first);
}
