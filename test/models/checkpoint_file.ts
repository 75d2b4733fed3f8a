import { SAFETENSORS_BITS, type SafetensorsDtype } from '../../src/formats/safetensors_dtypes';

/** A tensor of a checkpoint: its type, its shape and its bytes. */
export type Stored = readonly [dtype: SafetensorsDtype, shape: readonly number[], bytes: Uint8Array];

/** Bytes that follow no pattern, the same each time. */
export function noise(length: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24);
}

/** A tensor of noise. */
export function stored(dtype: SafetensorsDtype, shape: readonly number[], seed: number): Stored {
  const count = shape.reduce((a, b) => a * b, 1);
  return [dtype, shape, noise((count * SAFETENSORS_BITS[dtype]) / 8, seed)];
}

/** A safetensors file with tensors in the order that they have here. */
export function checkpointFile(tensors: Readonly<Record<string, Stored>>): Uint8Array {
  const header: Record<string, unknown> = {};
  let end = 0;
  for (const [name, [dtype, shape, bytes]] of Object.entries(tensors)) {
    header[name] = { dtype, shape, data_offsets: [end, end + bytes.length] };
    end += bytes.length;
  }
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, ...Object.values(tensors).map(([, , bytes]) => bytes)]);
}

/** A checkpoint with all sorts of types: NaN with payloads, counters, flags, a scalar and nothing at all. */
export const ALL_SORTS: Readonly<Record<string, Stored>> = {
  'flags.mask': ['BOOL', [5], Uint8Array.of(1, 0, 0, 1, 1)],
  'head.weight': stored('F32', [4, 3], 1),
  steps: ['I64', [], new Uint8Array(BigInt64Array.of(-123_456_789_012_345n).buffer)],
  positions: stored('F32', [33, 7], 2),
  nan: ['BF16', [4], new Uint8Array(Uint16Array.of(0x7f81, 0xffff, 0x7fc0, 0x3f80).buffer)],
  halves: stored('F16', [501], 3),
  doubles: stored('F64', [9], 4),
  packed: stored('F4', [6], 5),
  sixths: stored('F6_E2M3', [8], 6),
  eighths: stored('F8_E4M3', [3, 2], 7),
  complex: stored('C64', [2], 8),
  none: ['U16', [0, 9], new Uint8Array(0)],
  'head.bias': stored('F32', [3], 9),
  bytes: stored('U8', [7], 10),
};

/** Rules that keep all but the head. */
export const KEEP_ALL = [
  { pattern: 'head.*', initializer: 'he_normal' },
  { pattern: '**', copy: true },
];
