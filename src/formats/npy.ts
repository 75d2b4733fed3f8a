import type { Dtype } from '../core/dtype';
import { ArgumentError } from '../core/errors';
import { elementCount, type Shape } from '../core/shape';

/** NumPy's type descriptions, all of them little endian. */
const DESCR: Partial<Record<Dtype, string>> = {
  float32: '<f4',
  float16: '<f2',
  uint32: '<u4',
  int32: '<i4',
  uint8: '|u1',
  int8: '|i1',
};

/**
 * The bytes before the elements of a .npy file in row-major order (NumPy, "numpy.lib.format"):
 * a magic string, the version, the header's length and a Python dictionary, padded with spaces
 * so that the elements begin at a multiple of 64. The version is 1.0, or 2.0 for a dictionary that is
 * longer than the 65,535 bytes that 1.0 allows.
 * @throws ArgumentError for bfloat16, for which the format has no type
 */
export function npyHeader(shape: Shape, dtype: Dtype): Uint8Array<ArrayBuffer> {
  const descr = DESCR[dtype];
  if (descr === undefined) {
    throw new ArgumentError(
      `.npy has no type for ${dtype}: write .safetensors or .bin, or take float32 or float16`,
    );
  }
  elementCount(shape);
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const version = paddedLength(dictionary, 2) < 2 ** 16 ? 1 : 2;
  const lengthBytes = version === 1 ? 2 : 4;
  const padded = paddedLength(dictionary, lengthBytes);
  const header = new Uint8Array(8 + lengthBytes + padded).fill(0x20);
  header.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]);
  const view = new DataView(header.buffer);
  if (version === 1) view.setUint16(8, padded, true);
  else view.setUint32(8, padded, true);
  header.set(new TextEncoder().encode(dictionary), 8 + lengthBytes);
  header[header.length - 1] = 0x0a;
  return header;
}

/** The bytes of the dictionary, its padding and the newline that ends it. */
function paddedLength(dictionary: string, lengthBytes: number): number {
  const prefix = 8 + lengthBytes;
  return Math.ceil((prefix + dictionary.length + 1) / 64) * 64 - prefix;
}
