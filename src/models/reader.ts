import { isHdf5, loadHdf5 } from '../formats/hdf5';
import { isArchive } from './keras_archive';

/**
 * Loads the reader of HDF5 files where a file needs it.
 * @param first the file's first 9 bytes or more
 * @throws ArgumentError (as a rejection) where it is not installed
 */
export async function loadReaderFor(first: Uint8Array): Promise<void> {
  if (isHdf5(first)) await loadHdf5();
}

/** Whether a file is one of those of which parts are read here and there, and not the first bytes. */
export function isReadInParts(first: Uint8Array): boolean {
  return isHdf5(first) || isArchive(first);
}
