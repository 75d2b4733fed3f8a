import { describe, expect, it } from 'vitest';
import { elementDecoder } from '../../src/formats/elements';

describe('elementDecoder', () => {
  const decoded = (dtype: Parameters<typeof elementDecoder>[0], ...bytes: number[]): number[] =>
    Array.from(elementDecoder(dtype)!.decode(Uint8Array.from(bytes)));

  it('reads each type little endian', () => {
    expect(decoded('F32', 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0)).toEqual([1, -2]);
    expect(decoded('F16', 0x00, 0x3c, 0x01, 0x00, 0x00, 0xfc, 0xff, 0x7b)).toEqual([
      1,
      2 ** -24,
      -Infinity,
      65504,
    ]);
    expect(decoded('BF16', 0x80, 0x3f, 0x49, 0xc0, 0xc0, 0x7f)).toEqual([1, -3.140625, NaN]);
    expect(decoded('U32', 0xff, 0xff, 0xff, 0xff)).toEqual([4294967295]);
    expect(decoded('I32', 0xff, 0xff, 0xff, 0xff)).toEqual([-1]);
    expect(decoded('I16', 0x00, 0x80)).toEqual([-32768]);
    expect(decoded('U16', 0x00, 0x80)).toEqual([32768]);
    expect(decoded('I8', 0xff)).toEqual([-1]);
    expect(decoded('U8', 0xff)).toEqual([255]);
    expect(decoded('BOOL', 1, 0)).toEqual([1, 0]);
    expect(decoded('F64', 0, 0, 0, 0, 0, 0, 0xf0, 0x3f)).toEqual([1]);
    expect(decoded('I64', 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)).toEqual([-2]);
    expect(decoded('U64', 1, 0, 0, 0, 0, 0, 0, 0)).toEqual([1]);
  });

  it('has none for types that are listed only', () => {
    for (const dtype of ['F8_E4M3', 'F8_E5M2', 'F4', 'C64'] as const)
      expect(elementDecoder(dtype)).toBeUndefined();
  });
});
