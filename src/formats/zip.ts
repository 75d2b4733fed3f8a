import { inflateSync } from 'fflate';
import { ArgumentError, show } from '../core/errors';
import { type ByteSource, partOf, sourceOf } from './byte_source';

/** An entry of a zip archive, as its directory describes it. */
export interface ZipEntry {
  readonly name: string;
  /** 0 where the bytes are stored as they are, 8 where they are deflated. */
  readonly method: number;
  /** Its bytes in the archive. */
  readonly packed: number;
  /** Its bytes when it is unpacked. */
  readonly size: number;
  /** Where its local header begins. */
  readonly at: number;
}

/** The most entries of an archive. A .keras file has three, and one for each asset. */
const MAX_ENTRIES = 65_535;
/** The most bytes of a directory: 256 for each entry. */
const MAX_DIRECTORY = 16 * 2 ** 20;
/** The most bytes of a comment, behind which nothing comes. */
const MAX_COMMENT = 65_535;
/** How many bytes one deflated byte may stand for. */
const MAX_RATIO = 1032;
/** The lengths of the record at an archive's end, of the locator before it, and of the long record it leads to. */
const END = 22;
const LOCATOR = 20;
const LONG_END = 56;
const ENTRY = 46;
const LOCAL = 30;
/** What a field of 32 bits holds whose value has 64. */
const ELSEWHERE = 0xffffffff;

/** Whether bytes begin as a zip archive does. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

/**
 * The entries of a zip archive. Only its end is read.
 * @param file the archive's name for messages
 * @throws ArgumentError where it is damaged or holds too much
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function zipEntries(file: string, source: ByteSource): ZipEntry[] {
  const { count, begin, length } = directoryOf(file, source);
  if (count > MAX_ENTRIES) throw new ArgumentError(`${file} has more than ${MAX_ENTRIES} entries`);
  if (length > MAX_DIRECTORY)
    throw new ArgumentError(`${file} has a directory of ${length} bytes, more than ${MAX_DIRECTORY}`);
  const view = viewOf(file, source, begin, length);
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < count;) {
    if (at + ENTRY > length || view.getUint32(at, true) !== 0x02014b50) throw damaged(file, 'its directory');
    const name = view.getUint16(at + 28, true);
    const extra = view.getUint16(at + 30, true);
    const next = at + ENTRY + name + extra + view.getUint16(at + 32, true);
    if (next > length) throw damaged(file, 'its directory');
    const bytes = new Uint8Array(view.buffer, view.byteOffset + at + ENTRY, name);
    const [size, packed, local] = longFields(view, at + ENTRY + name, extra, [
      view.getUint32(at + 24, true),
      view.getUint32(at + 20, true),
      view.getUint32(at + 42, true),
    ]);
    const method = view.getUint16(at + 10, true);
    entries.push({ name: new TextDecoder().decode(bytes), method, packed, size, at: local });
    at = next;
  }
  return entries;
}

/**
 * The bytes of an entry. Stored ones are a part of the archive, of which nothing is read yet.
 * @param limit how many bytes it may have
 * @throws ArgumentError where it is longer, encrypted or damaged
 */
export function entrySource(file: string, source: ByteSource, entry: ZipEntry, limit: number): ByteSource {
  const { name, method, packed } = entry;
  const size = Math.max(packed, entry.size);
  if (size > limit)
    throw new ArgumentError(`${name} in ${file} has ${size} bytes, more than ${limit} for a model`);
  const header = viewOf(file, source, entry.at, LOCAL);
  const begin = entry.at + LOCAL + header.getUint16(26, true) + header.getUint16(28, true);
  if (header.getUint32(0, true) !== 0x04034b50 || begin + packed > source.byteLength)
    throw damaged(file, show(name));
  if (header.getUint16(6, true) & 1) throw new ArgumentError(`${name} in ${file} is encrypted`);
  if (method === 0) return partOf(source, begin, packed);
  if (method !== 8) throw new ArgumentError(`${name} in ${file} is packed by the unknown method ${method}`);
  if (entry.size > packed * MAX_RATIO + MAX_RATIO) throw damaged(file, show(name));
  try {
    // The output has the size that the directory says, and nothing makes it grow.
    return sourceOf(inflateSync(source.read(begin, packed), { out: new Uint8Array(entry.size) }));
  } catch (error) {
    throw damaged(file, (error as Error).message);
  }
}

interface Directory {
  readonly count: number;
  readonly begin: number;
  readonly length: number;
}

function directoryOf(file: string, source: ByteSource): Directory {
  const start = Math.max(0, source.byteLength - END - MAX_COMMENT);
  const view = viewOf(file, source, start, source.byteLength - start);
  let at = view.byteLength - END;
  while (at >= 0 && view.getUint32(at, true) !== 0x06054b50) at--;
  if (at < 0) throw damaged(file, 'its end');
  const directory = {
    count: view.getUint16(at + 10, true),
    length: view.getUint32(at + 12, true),
    begin: view.getUint32(at + 16, true),
  };
  const isLong = at >= LOCATOR && view.getUint32(at - LOCATOR, true) === 0x07064b50;
  if (!isLong) return directory;
  const long = viewOf(file, source, Number(view.getBigUint64(at - LOCATOR + 8, true)), LONG_END);
  if (long.getUint32(0, true) !== 0x06064b50) throw damaged(file, 'its end');
  const [count, length, begin] = [32, 40, 48].map((field) => Number(long.getBigUint64(field, true)));
  return { count, length, begin };
}

/** Values of an entry, of which those that do not fit into 32 bits are in a field behind its name. */
function longFields(view: DataView, at: number, extra: number, values: number[]): number[] {
  const long = [...values];
  for (let field = at; field + 4 <= at + extra;) {
    const end = Math.min(field + 4 + view.getUint16(field + 2, true), at + extra);
    if (view.getUint16(field, true) === 1) {
      let next = field + 4;
      for (let i = 0; i < long.length; i++) {
        if (long[i] !== ELSEWHERE || next + 8 > end) continue;
        long[i] = Number(view.getBigUint64(next, true));
        next += 8;
      }
    }
    field = end;
  }
  return long;
}

function viewOf(file: string, source: ByteSource, start: number, length: number): DataView {
  if (start + length > source.byteLength) throw damaged(file, 'it is cut off');
  const { buffer, byteOffset } = source.read(start, length);
  return new DataView(buffer, byteOffset, length);
}

function damaged(file: string, what: string): ArgumentError {
  return new ArgumentError(`${file} is a damaged zip archive: ${what}`);
}
