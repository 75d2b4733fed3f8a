import { ArgumentError, show } from '../core/errors';
import { elementCount, type Shape } from '../core/shape';
import { isWellFormed } from '../core/unicode';
import { MAX_HEADER_BYTES, METADATA_KEY } from './safetensors_header';
import { type AnyDtype, formatName, SAFETENSORS_BITS, SAFETENSORS_DTYPES } from './safetensors_dtypes';

/** A tensor to be written. */
export interface TensorSpec {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: AnyDtype;
}

/** The length of a tensor in bytes, rounded where it passes 2^53. */
export function tensorBytes({ shape, dtype }: Pick<TensorSpec, 'shape' | 'dtype'>): number {
  return (elementCount(shape) * SAFETENSORS_BITS[formatName(dtype)]) / 8;
}

/** A tensor whose bytes are those of the file from `begin` on and before `end`. */
export type Placed<T extends TensorSpec> = T & { readonly begin: number; readonly end: number };

export interface SafetensorsPlan<T extends TensorSpec> {
  /** The first bytes of the file: the length and the JSON, up to the first tensor. */
  readonly header: Uint8Array<ArrayBuffer>;
  /** The tensors in the order of their bytes, which follow one another without a gap. */
  readonly tensors: readonly Placed<T>[];
  /** The length of the whole file, in bytes. */
  readonly fileBytes: number;
}

/** Keys and values of a file's metadata, in their order. No key may be given twice. */
export type Metadata = readonly (readonly [key: string, value: string])[];

/** What the reference writer's users put into every file, because transformers asks for it. */
export const PLAIN_METADATA: Metadata = [['format', 'pt']];

/**
 * Lays out a safetensors file: an 8-byte little-endian length, that many bytes of JSON padded
 * with spaces so that data begins at a multiple of 8, then the tensors. Types of greater
 * alignment come first and names ascend within a type, so every tensor is aligned to its element
 * and the file has the same bytes as the one that the reference writer makes (huggingface/safetensors).
 * @throws ArgumentError for a name that is taken twice, reserved or not well-formed Unicode, for a
 *   malformed shape, and for a file of more than 2^53 - 1 bytes
 */
export function planSafetensors<T extends TensorSpec>(
  tensors: readonly T[],
  metadata: Metadata = PLAIN_METADATA,
): SafetensorsPlan<T> {
  const sorted = tensors.map((tensor) => ({ tensor, place: alignment(tensor) }));
  sorted.sort((a, b) => b.place - a.place || compareNames(a.tensor.name, b.tensor.name));
  const said = metadata.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  const entries = [`"${METADATA_KEY}":{${said.join(',')}}`];
  const names = new Set<string>();
  const ends: number[] = [];
  let end = 0;
  for (const { tensor } of sorted) {
    if (!isWellFormed(tensor.name))
      throw new ArgumentError(`a tensor's name must be well-formed Unicode, got ${show(tensor.name)}`);
    if (tensor.name === METADATA_KEY)
      throw new ArgumentError(`a tensor cannot be named ${METADATA_KEY}: safetensors reserves it`);
    if (names.has(tensor.name)) throw new ArgumentError(`two tensors are named ${show(tensor.name)}`);
    names.add(tensor.name);
    const begin = end;
    end += tensorBytes(tensor);
    if (!Number.isSafeInteger(end))
      throw new ArgumentError(`tensor ${show(tensor.name)} ends beyond 2^53 - 1 bytes`);
    ends.push(end);
    entries.push(headerEntry(tensor, begin, end));
  }
  const header = encodeHeader(`{${entries.join(',')}}`);
  const placed = sorted.map(({ tensor }, i) => ({
    ...tensor,
    begin: header.length + (i === 0 ? 0 : ends[i - 1]),
    end: header.length + ends[i],
  }));
  return { header, tensors: placed, fileBytes: header.length + end };
}

function headerEntry({ name, shape, dtype }: TensorSpec, begin: number, end: number): string {
  const description = { dtype: formatName(dtype), shape, data_offsets: [begin, end] };
  return `${JSON.stringify(name)}:${JSON.stringify(description)}`;
}

/** The place of the tensor's type in the format's order of types, which is by alignment. */
function alignment(tensor: TensorSpec): number {
  return SAFETENSORS_DTYPES.indexOf(formatName(tensor.dtype));
}

/**
 * The order of Rust's strings, which is that of their UTF-8 bytes and so of their code points. It differs from that
 * of their UTF-16 units in surrogates alone, which stand for the highest code points.
 */
function compareNames(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return Number(isSurrogate(x)) - Number(isSurrogate(y)) || x - y;
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xe000;
}

function encodeHeader(json: string): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(json);
  const padded = Math.ceil(text.length / 8) * 8;
  if (padded > MAX_HEADER_BYTES) {
    const limit = `safetensors' ${MAX_HEADER_BYTES}`;
    throw new ArgumentError(
      `a header of ${padded} bytes is longer than ${limit}: fewer tensors or shorter names`,
    );
  }
  const header = new Uint8Array(8 + padded).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(padded), true);
  header.set(text, 8);
  return header;
}
