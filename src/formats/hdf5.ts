import { ArgumentError, show } from '../core/errors';
import type { ByteSource } from './byte_source';
import type { SafetensorsDtype } from './safetensors_dtypes';

/**
 * The package `h5wasm`, which is the HDF Group's own library compiled to WebAssembly.
 *
 * @example
 * ```ts
 * import * as h5wasm from 'h5wasm';
 * import { type Hdf5Library, loadHdf5 } from 'tensorseed/models';
 *
 * const library: Hdf5Library = h5wasm;
 * await loadHdf5(library);
 * ```
 */
export interface Hdf5Library {
  /** Is there when the WebAssembly is compiled. */
  readonly ready: Promise<unknown>;
  /** The class of an open file. */
  readonly File: object;
}

type OpenFile = { readonly file_id: bigint; close(): unknown };
type FileClass = new (path: string, mode: 'r') => OpenFile;

/** A dataset, whose values are not read. */
export interface Hdf5Dataset {
  readonly shape: readonly number[];
  /** Its type by the name that safetensors has for it; undefined for one that it has none for, such as text. */
  readonly dtype: SafetensorsDtype | undefined;
}

/** An HDF5 file that is open. Paths have no slash at their beginning, and the root is ''. */
export interface Hdf5File {
  /** The names in a group; undefined where the path leads to no group. */
  names(path: string): readonly string[] | undefined;
  /** Undefined where the path leads to no dataset. */
  dataset(path: string): Hdf5Dataset | undefined;
  /** The texts of an attribute, one where it is no list; undefined where there is none of texts. */
  texts(path: string, attribute: string): readonly string[] | undefined;
}

/** Needs the package `h5wasm`, which is loaded when an HDF5 file is met. Who can wait loads it and tries again. */
export class Hdf5NotLoadedError extends ArgumentError {
  constructor(file: string) {
    super(
      `${file} is an HDF5 file, whose reader is loaded when it is first used: await loadHdf5() of tensorseed/models`,
    );
  }
}

/** How often a file may be asked for something. A tensor takes about three times. */
const MAX_STEPS = 500_000;
/** The most characters of a path. */
const MAX_PATH = 2_000;
/** The most bytes of an attribute. */
const MAX_ATTRIBUTE = 16 * 2 ** 20;
/** Where the reader finds the file. */
const MOUNTED = '/tensorseed.h5';

/** What h5wasm describes a type by. The numbers are those of H5T_class_t. */
interface Type {
  readonly shape: readonly number[] | null;
  readonly type: number;
  readonly size: number;
  readonly signed?: boolean;
  readonly vlen?: boolean;
  readonly total_size: number;
}
const INTEGER = 0;
const FLOAT = 1;
const STRING = 3;
const OPAQUE = 5;
const ENUM = 8;

/** What is used of h5wasm's module. */
interface Reader {
  readonly HEAPU8: Uint8Array;
  readonly FS: any;
  readonly H5G_GROUP: number;
  readonly H5G_DATASET: number;
  get_type(id: bigint, path: string): number;
  get_names(id: bigint, path: string, deep: boolean): string[];
  get_attribute_names(id: bigint, path: string): string[];
  get_attribute_metadata(id: bigint, path: string, name: string): Type;
  get_attribute_data(id: bigint, path: string, name: string, at: bigint): number;
  reclaim_vlen_memory(id: bigint, path: string, name: string, at: bigint): void;
  get_dataset_metadata(id: bigint, path: string): Type;
  _malloc(bytes: number): number;
  _free(at: number): void;
}

let loaded: { readonly reader: Reader; readonly library: Hdf5Library } | undefined;

/**
 * Loads what reads HDF5 files, the package `h5wasm`, so that `describeModel`, `parseModel` and `modelFile` can take
 * .h5 files, and names from the weights in .keras files. `initModel` and the command line load it themselves.
 *
 * @param library the package, where it is not found by its name, as in a web page:
 *   `loadHdf5(await import('h5wasm'))`
 * @throws ArgumentError (as a rejection) where the package is not installed
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises';
 * import { describeModel, loadHdf5 } from 'tensorseed/models';
 *
 * await loadHdf5();
 * const read = async (file: string) => describeModel(await readFile(file));
 * ```
 */
export async function loadHdf5(library?: Hdf5Library): Promise<void> {
  if (loaded !== undefined) return;
  const found = library ?? ((await importOptional('h5wasm')) as Hdf5Library);
  const reader = (await found?.ready) as Reader | undefined;
  if (typeof reader?.get_dataset_metadata !== 'function' || typeof found.File !== 'function')
    throw new ArgumentError(`library must be the package h5wasm, of version 0.10, got ${show(library)}`);
  loaded = { reader, library: found };
}

export function hasHdf5(): boolean {
  return loaded !== undefined;
}

/** Imports a package that may be missing. Bundlers leave it alone, so that they take no HDF5 reader along. */
async function importOptional(name: string): Promise<unknown> {
  try {
    return await import(/* @vite-ignore */ /* webpackIgnore: true */ name);
  } catch (cause) {
    throw new ArgumentError(`HDF5 files need the package ${name}: install it with \`npm install ${name}\``, {
      cause,
    });
  }
}

/** Whether bytes begin as an HDF5 file does. */
export function isHdf5(bytes: Uint8Array): boolean {
  return [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a].every((byte, i) => bytes[i] === byte);
}

/**
 * Opens an HDF5 file for `read`. Of the file only that is read which is asked for, and of datasets no values.
 * @param file the file's name for messages
 * @throws Hdf5NotLoadedError where the reader is not loaded
 * @throws ArgumentError where the file is damaged, or too much is asked for
 */
export function withHdf5<T>(file: string, source: ByteSource, read: (opened: Hdf5File) => T): T {
  if (loaded === undefined) throw new Hdf5NotLoadedError(file);
  const { reader, library } = loaded;
  const speak = silence(reader);
  let inside: OpenFile | undefined;
  try {
    mount(reader, source);
    inside = new (library.File as FileClass)(MOUNTED, 'r');
    if (inside.file_id <= 0n) throw new ArgumentError(`${file} is a damaged HDF5 file, or is cut off`);
    return read(opened(file, reader, inside.file_id));
  } catch (error) {
    if (error instanceof ArgumentError) throw error;
    throw new ArgumentError(`${file} is a damaged HDF5 file: ${show((error as Error)?.message ?? error)}`);
  } finally {
    try {
      if (inside !== undefined && inside.file_id > 0n) inside.close();
    } catch {
      // What a damaged file has left open may not be closable.
    }
    reader.FS.unlink(MOUNTED);
    speak();
  }
}

/** Puts a file into the reader's own file system whose bytes are read when the reader asks for them. */
function mount({ FS }: Reader, source: ByteSource): void {
  FS.writeFile(MOUNTED, new Uint8Array(0));
  const { node } = FS.lookupPath(MOUNTED);
  node.usedBytes = source.byteLength;
  node.stream_ops = {
    ...node.stream_ops,
    read(_: unknown, buffer: Uint8Array, offset: number, length: number, position: number): number {
      const count = Math.max(0, Math.min(length, source.byteLength - position));
      buffer.set(source.read(position, count), offset);
      return count;
    },
  };
}

/** Keeps the reader from writing to the console what it finds wrong in a file; the result ends that. */
function silence({ FS }: Reader): () => void {
  const terminal = FS.getStream?.(2)?.tty;
  const { ops } = terminal ?? {};
  if (ops !== undefined) terminal.ops = { ...ops, put_char: () => {}, fsync: () => {} };
  return () => {
    if (ops !== undefined) terminal.ops = ops;
  };
}

function opened(file: string, reader: Reader, id: bigint): Hdf5File {
  let left = MAX_STEPS;
  const step = (path: string): string => {
    if (--left < 0)
      throw new ArgumentError(`${file} holds too much: reading it takes more than ${MAX_STEPS} steps`);
    if (path.length > MAX_PATH)
      throw new ArgumentError(
        `${file} has paths of more than ${MAX_PATH} characters: its groups hold one another`,
      );
    return `/${path}`;
  };
  return {
    names(path) {
      const at = step(path);
      if (reader.get_type(id, at) !== reader.H5G_GROUP) return undefined;
      const names = reader.get_names(id, at, false);
      left -= names.length;
      return names;
    },
    dataset(path) {
      const at = step(path);
      if (reader.get_type(id, at) !== reader.H5G_DATASET) return undefined;
      const type = reader.get_dataset_metadata(id, at);
      const bfloat16 = type.type === OPAQUE && textsOf(reader, id, at, 'dtype')?.[0] === 'bfloat16';
      return { shape: type.shape ?? [0], dtype: bfloat16 ? 'BF16' : dtypeOf(type) };
    },
    texts(path, attribute) {
      const at = step(path);
      return reader.get_type(id, at) === reader.H5G_GROUP ? textsOf(reader, id, at, attribute) : undefined;
    },
  };
}

/** Keras writes bfloat16 as opaque bytes. */
function dtypeOf({ type, size, signed }: Type): SafetensorsDtype | undefined {
  const bits = size * 8;
  if (type === INTEGER && bits <= 64) return `${signed ? 'I' : 'U'}${bits}` as SafetensorsDtype;
  if (type === FLOAT && bits >= 16) return `F${bits}` as SafetensorsDtype;
  return type === ENUM && size === 1 ? 'BOOL' : undefined;
}

function textsOf(reader: Reader, id: bigint, path: string, name: string): string[] | undefined {
  if (!reader.get_attribute_names(id, path).includes(name)) return undefined;
  const type = reader.get_attribute_metadata(id, path, name);
  const { size, total_size: count, vlen } = type;
  if (count === 0) return [];
  if (type.type !== STRING || type.shape === null) return undefined;
  const bytes = size * count;
  if (bytes > MAX_ATTRIBUTE) throw tooLong(name, bytes);
  const at = reader._malloc(bytes);
  if (at === 0) throw new Error('out of memory');
  try {
    if (reader.get_attribute_data(id, path, name, BigInt(at)) < 0) throw new Error(`attribute ${show(name)}`);
    const memory = reader.HEAPU8;
    let left = MAX_ATTRIBUTE;
    return Array.from({ length: count }, (_, i) => {
      const here = at + i * size;
      const begin = vlen ? new DataView(memory.buffer).getUint32(here, true) : here;
      const text = begin === 0 ? '' : textAt(memory, begin, vlen ? left + 1 : size);
      left -= text.length;
      if (left < 0) throw tooLong(name, MAX_ATTRIBUTE - left);
      return text;
    });
  } finally {
    if (vlen) reader.reclaim_vlen_memory(id, path, name, BigInt(at));
    reader._free(at);
  }
}

/** The text up to a zero byte, of at most `most` bytes. It is UTF-8, also where the file says that it is ASCII. */
function textAt(memory: Uint8Array, begin: number, most: number): string {
  const bytes = memory.subarray(begin, begin + most);
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

function tooLong(name: string, bytes: number): ArgumentError {
  return new ArgumentError(`attribute ${show(name)} has ${bytes} bytes or more, over ${MAX_ATTRIBUTE}`);
}
