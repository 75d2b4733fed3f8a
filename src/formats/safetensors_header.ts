import { ArgumentError, show } from '../core/errors';
import { asked, nearest } from '../core/nearest';
import { checkRank, product } from '../core/shape';
import { decodeUtf8, parseJson, type Json } from './json';
import { SAFETENSORS_BITS, SAFETENSORS_DTYPES, type SafetensorsDtype } from './safetensors_dtypes';

/** The longest header that the reference reader takes, in bytes. */
export const MAX_HEADER_BYTES = 100_000_000;
/** The one key of the header that does not name a tensor. */
export const METADATA_KEY = '__metadata__';

/** A tensor as a file's header describes it. */
export interface TensorEntry {
  readonly name: string;
  readonly dtype: SafetensorsDtype;
  readonly shape: readonly number[];
  /** The number of its elements. */
  readonly count: number;
  /** Its bytes are those of the file from `begin` on and before `end`. */
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  readonly metadata: ReadonlyMap<string, string>;
  /** The tensors in the order of their bytes. */
  readonly tensors: readonly TensorEntry[];
}

/**
 * The length of the header's JSON in bytes, from the first 8 bytes of a file of `fileBytes` bytes.
 * @param file the file's name for messages
 * @throws ArgumentError where the file is too short for such a header, or the header too long
 */
export function headerLength(file: string, first: Uint8Array, fileBytes: number): number {
  if (fileBytes < 8 || first.length < 8)
    throw new ArgumentError(`${file} is no safetensors file: ${fileBytes} bytes, fewer than 8`);
  const length = new DataView(first.buffer, first.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(MAX_HEADER_BYTES)) {
    throw new ArgumentError(
      `${file} is no safetensors file: a header of ${length} bytes, more than ${MAX_HEADER_BYTES}`,
    );
  }
  if (length > BigInt(fileBytes - 8)) {
    throw new ArgumentError(
      `${file} is cut off or no safetensors file: a header of ${length} bytes in a file of ${fileBytes}`,
    );
  }
  return Number(length);
}

/**
 * Reads the JSON of a header and checks every rule of the format: tensors follow one another from
 * byte 0 without holes or overlaps, each is as long as its shape and type say, and the last one ends
 * the file.
 * @param file the file's name for messages
 * @param json the header's bytes, without the length before them
 * @param fileBytes the length of the whole file; undefined where only its header is known
 * @throws ArgumentError naming the tensor and the rule
 */
export function parseHeader(
  file: string,
  json: Uint8Array,
  fileBytes: number | undefined,
): SafetensorsHeader {
  const what = `the header of ${file}`;
  if (json[0] !== 0x7b) throw new ArgumentError(`${what} must begin with '{'`);
  const root = parseJson(what, decodeUtf8(what, json), { depth: 4, integers: true }) as Map<string, Json>;
  return headerOf(file, root, 8 + json.length, fileBytes);
}

/**
 * The same as parseHeader, from JSON that is already parsed.
 * @param dataBegin the byte of the file where the tensors begin
 * @throws ArgumentError naming the tensor and the rule
 */
export function headerOf(
  file: string,
  root: ReadonlyMap<string, Json>,
  dataBegin: number,
  fileBytes: number | undefined,
): SafetensorsHeader {
  const metadata = parseMetadata(`the header of ${file}`, root.get(METADATA_KEY));
  const tensors = [...root]
    .filter(([name]) => name !== METADATA_KEY)
    .map(([name, value]) => parseTensor(`tensor ${show(name)} of ${file}`, name, value, dataBegin));
  tensors.sort((a, b) => a.begin - b.begin || a.end - b.end);
  let end = dataBegin;
  for (const tensor of tensors) {
    if (tensor.begin !== end) {
      const fault = tensor.begin > end ? 'leaves a hole' : 'overlaps the tensor before it';
      throw new ArgumentError(
        `tensor ${show(tensor.name)} of ${file} ${fault}: ` +
          `it begins at ${tensor.begin - dataBegin}, not at ${end - dataBegin}`,
      );
    }
    end = tensor.end;
  }
  if (fileBytes !== undefined && end !== fileBytes)
    throw new ArgumentError(`${file} has ${fileBytes} bytes, but its tensors end at byte ${end}`);
  return { metadata, tensors };
}

function parseMetadata(what: string, json: Json | undefined): Map<string, string> {
  if (json === undefined || json === null) return new Map();
  if (!(json instanceof Map))
    throw new ArgumentError(`${METADATA_KEY} in ${what} must be an object of strings, got ${show(json)}`);
  for (const [key, value] of json) {
    if (typeof value !== 'string')
      throw new ArgumentError(
        `${METADATA_KEY} in ${what} must hold strings only, but ${show(key)} is no string`,
      );
  }
  return json as Map<string, string>;
}

const TENSOR_KEYS = ['dtype', 'shape', 'data_offsets'];

function parseTensor(what: string, name: string, json: Json, dataBegin: number): TensorEntry {
  if (!(json instanceof Map))
    throw new ArgumentError(`${what} must be described by an object, got ${show(json)}`);
  for (const key of json.keys()) {
    if (!TENSOR_KEYS.includes(key))
      throw new ArgumentError(`${what} has the unknown key ${show(key)}${asked(nearest(key, TENSOR_KEYS))}`);
  }
  const dtype = json.get('dtype');
  if (typeof dtype !== 'string' || !(SAFETENSORS_DTYPES as string[]).includes(dtype)) {
    throw new ArgumentError(`${what} has the unknown dtype ${show(dtype)}`);
  }
  const shape = integers(`shape of ${what}`, json.get('shape'));
  checkRank(`shape of ${what}`, shape.length);
  const offsets = integers(`data_offsets of ${what}`, json.get('data_offsets'));
  if (offsets.length !== 2 || offsets[1] < offsets[0]) {
    throw new ArgumentError(
      `data_offsets of ${what} must be [begin, end] with begin <= end, got ${show(offsets)}`,
    );
  }
  const count = product(shape);
  const bits = BigInt(count) * BigInt(SAFETENSORS_BITS[dtype as SafetensorsDtype]);
  if (bits % 8n !== 0n)
    throw new ArgumentError(`${what} does not fill whole bytes: ${show(BigInt(count))} elements of ${dtype}`);
  const [begin, end] = offsets;
  if (BigInt(end - begin) * 8n !== bits) {
    throw new ArgumentError(
      `${what} has ${end - begin} bytes, but shape ${show(shape)} of ${dtype} needs ${show(bits / 8n)}`,
    );
  }
  if (!Number.isSafeInteger(dataBegin + end)) throw new ArgumentError(`${what} ends beyond 2^53 - 1 bytes`);
  return {
    name,
    dtype: dtype as SafetensorsDtype,
    shape,
    count,
    begin: dataBegin + begin,
    end: dataBegin + end,
  };
}

function integers(what: string, json: Json | undefined): number[] {
  if (!Array.isArray(json)) throw new ArgumentError(`${what} must be a list of integers, got ${show(json)}`);
  for (const value of json) {
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || Object.is(value, -0)) {
      throw new ArgumentError(`${what} must hold integers in [0, 2^53), got ${show(value)}`);
    }
  }
  return json as number[];
}
