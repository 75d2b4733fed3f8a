import { unzipSync } from 'fflate';
import { decodeUtf8, parseJson } from '../formats/json';

const METADATA = 'metadata.json';
/** The most bytes of a metadata.json, which has about 60. */
const MAX_BYTES = 2 ** 16;

/**
 * The version of Keras that wrote a .keras file, as its metadata.json says.
 * @returns undefined where it says none, or cannot be read: nothing of it is needed to read the model
 */
export function versionOfArchive(file: string, bytes: Uint8Array): string | undefined {
  let seen = false;
  try {
    const found = unzipSync(bytes, {
      filter({ name, size, originalSize }) {
        if (seen || name !== METADATA) return false;
        seen = true;
        return Math.max(size, originalSize) <= MAX_BYTES;
      },
    })[METADATA];
    const root = parseJson(file, decodeUtf8(file, found), { depth: 4, integers: false, nonFinite: true });
    const version = root instanceof Map ? root.get('keras_version') : undefined;
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}
