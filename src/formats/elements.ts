import { decode } from '../core/bit_pattern';
import { SAFETENSORS_BITS, type SafetensorsDtype } from './safetensors_dtypes';

type Decoder = (bytes: Uint8Array<ArrayBuffer>) => ArrayLike<number>;

/** The types whose elements are read as numbers. 64-bit integers are rounded to float64. */
const DECODERS: Partial<Record<SafetensorsDtype, Decoder>> = {
  BOOL: (bytes) => bytes,
  U8: (bytes) => bytes,
  I8: (bytes) => new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length),
  I16: (bytes) => new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2),
  U16: (bytes) => new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2),
  F16: decodeFloat16,
  BF16: decodeBfloat16,
  I32: (bytes) => new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4),
  U32: (bytes) => new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4),
  F32: (bytes) => new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4),
  F64: (bytes) => new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8),
  I64: (bytes) =>
    Float64Array.from(new BigInt64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8), Number),
  U64: (bytes) =>
    Float64Array.from(new BigUint64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8), Number),
};

/**
 * How to read elements of a type as numbers, and how many bytes each has; undefined for a type whose
 * elements are not read, such as 8-bit floats. `decode` takes whole elements, little endian, that begin
 * in their buffer at a multiple of the element's size.
 */
export function elementDecoder(dtype: SafetensorsDtype): { decode: Decoder; bytes: number } | undefined {
  const decoder = DECODERS[dtype];
  return decoder && { decode: decoder, bytes: SAFETENSORS_BITS[dtype] / 8 };
}

function decodeBfloat16(bytes: Uint8Array<ArrayBuffer>): Float32Array {
  const words = Uint32Array.from(new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2));
  for (let i = 0; i < words.length; i++) words[i] <<= 16;
  return new Float32Array(words.buffer);
}

/** The value of each of the 65,536 float16 bit patterns, made at the first use. */
let float16: Float32Array | undefined;

function decodeFloat16(bytes: Uint8Array<ArrayBuffer>): Float32Array {
  const table = (float16 ??= Float32Array.from({ length: 2 ** 16 }, (_, bits) => decode('float16', bits)));
  const halves = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
  const values = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) values[i] = table[halves[i]];
  return values;
}
