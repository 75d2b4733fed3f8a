import { ArgumentError } from '../core/errors';
import { type ByteSource, sourceOf } from '../formats/byte_source';
import { PYTORCH } from './foreign_files';
import { entrySource, isZip, type ZipEntry, zipEntries } from '../formats/zip';

const CONFIG = 'config.json';
const METADATA = 'metadata.json';
const WEIGHTS = 'model.weights.h5';
/** The most bytes of a metadata.json, which has two short texts. */
const MAX_METADATA = 65_536;
/** The most bytes of weights that are packed, and so are unpacked in memory. Keras stores them as they are. */
const MAX_WEIGHTS = 2 ** 30;

/** Whether the bytes begin as a zip archive does, such as a .keras file. */
export const isArchive = isZip;

/** What is used of a .keras file. Only the config.json must be there, and what else is there may be damaged. */
export interface KerasArchive {
  readonly config: Uint8Array;
  /**
   * The bytes of its metadata.json; undefined where it has none.
   * @throws ArgumentError where they cannot be read
   */
  metadata(): Uint8Array | undefined;
  /**
   * The bytes of its model.weights.h5; undefined where it has none. Keras stores them as they are.
   * @throws ArgumentError where they are packed and cannot be unpacked in memory
   */
  weights(): ByteSource | undefined;
}

/**
 * Reads a .keras file. Of its weights nothing is read yet, and of its assets nothing at all.
 * @param file the file's name for messages
 * @param limit how many bytes the config.json may have
 * @throws ArgumentError where the config.json is missing or longer, or the archive is damaged
 */
export function kerasArchive(file: string, source: ByteSource, limit: number): KerasArchive {
  const entries = zipEntries(file, source);
  const open = (name: string, most: (entry: ZipEntry) => number): ByteSource | undefined => {
    const [entry, second] = entries.filter((one) => one.name === name);
    if (second !== undefined) throw new ArgumentError(`${file} holds ${name} twice`);
    return entry && entrySource(file, source, entry, most(entry));
  };
  const config = open(CONFIG, () => limit);
  if (config === undefined) throw new ArgumentError(withoutConfig(file, entries));
  return {
    config: whole(config),
    metadata() {
      const found = open(METADATA, () => MAX_METADATA);
      return found && whole(found);
    },
    weights: () => open(WEIGHTS, ({ method }) => (method === 0 ? Infinity : MAX_WEIGHTS)),
  };
}

/** The config.json of a .keras file. */
export function kerasConfig(file: string, bytes: Uint8Array, limit: number): Uint8Array {
  return kerasArchive(file, sourceOf(bytes), limit).config;
}

function whole(source: ByteSource): Uint8Array {
  return source.read(0, source.byteLength);
}

/** torch.save writes an archive, too. */
function withoutConfig(file: string, entries: readonly ZipEntry[]): string {
  return entries.some(({ name }) => /(^|\/)data\.pkl$/.test(name))
    ? `${file} is ${PYTORCH}`
    : `${file} is a zip archive without ${CONFIG}, and so no .keras file`;
}
