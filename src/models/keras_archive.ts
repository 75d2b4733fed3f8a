import { unzipSync } from 'fflate';
import { ArgumentError, show } from '../core/errors';

const CONFIG = 'config.json';
/** The most entries of an archive. A .keras file has three, and one for each asset. */
const MAX_ENTRIES = 65_535;

/** Whether the bytes begin as a zip archive does, such as a .keras file. */
export function isArchive(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

/**
 * The config.json of a .keras file. Nothing else of the archive is unpacked.
 * @param file the file's name for messages
 * @param limit how many bytes the config.json may have
 * @throws ArgumentError where it is missing or longer, or the archive is damaged
 */
export function kerasConfig(file: string, bytes: Uint8Array, limit: number): Uint8Array {
  let entries = 0;
  let seen = false;
  let found: Uint8Array | undefined;
  try {
    found = unzipSync(bytes, {
      filter({ name, size: packed, originalSize }) {
        if (++entries > MAX_ENTRIES) throw new ArgumentError(`${file} has more than ${MAX_ENTRIES} entries`);
        if (name !== CONFIG) return false;
        if (seen) throw new ArgumentError(`${file} holds ${CONFIG} twice`);
        seen = true;
        const size = Math.max(packed, originalSize);
        if (size > limit)
          throw new ArgumentError(`${CONFIG} in ${file} has ${size} bytes, more than ${limit} for a model`);
        return true;
      },
    })[CONFIG];
  } catch (error) {
    if (error instanceof ArgumentError) throw error;
    throw new ArgumentError(`${file} is a damaged zip archive: ${show((error as Error).message)}`);
  }
  if (found === undefined)
    throw new ArgumentError(`${file} is a zip archive without ${CONFIG}, and so no .keras file`);
  return found;
}
