import { describe, expect, it } from 'vitest';
import { npyHeader } from '../../src/formats/npy';

const text = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

describe('npyHeader', () => {
  it('writes these bytes for a matrix', () => {
    const header = npyHeader([2, 3], 'float32');
    expect(header).toHaveLength(128);
    expect([...header.subarray(0, 10)]).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]);
    const dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
    expect(text(header.subarray(10))).toBe(`${dictionary}${' '.repeat(117 - dictionary.length)}\n`);
  });

  it.each([
    [[], 'float32', "'<f4'", '()'],
    [[7], 'float16', "'<f2'", '(7,)'],
    [[0, 5], 'uint32', "'<u4'", '(0, 5)'],
  ] as const)('spells shape %j of %s as Python does', (shape, dtype, descr, tuple) => {
    expect(text(npyHeader(shape, dtype))).toContain(
      `{'descr': ${descr}, 'fortran_order': False, 'shape': ${tuple}, }`,
    );
  });

  it('lets the elements begin at a multiple of 64, whatever the shape', () => {
    for (let rank = 0; rank < 40; rank++) {
      const header = npyHeader(new Array<number>(rank).fill(1), 'float32');
      const length = new DataView(header.buffer).getUint16(8, true);
      expect(header.length % 64).toBe(0);
      expect(10 + length).toBe(header.length);
      expect(header[header.length - 1]).toBe(0x0a);
    }
  });

  it('is version 2.0 where the length does not fit 16 bits', () => {
    const header = npyHeader(new Array<number>(30_000).fill(1), 'float32');
    expect([...header.subarray(6, 8)]).toEqual([2, 0]);
    expect(12 + new DataView(header.buffer).getUint32(8, true)).toBe(header.length);
    expect(header.length % 64).toBe(0);
    const last = npyHeader(new Array<number>(21_800).fill(1), 'float32');
    expect(last[6]).toBe(1);
    expect(last.length).toBeLessThan(2 ** 16 + 10);
  });

  it('refuses bfloat16 and says what to take', () => {
    expect(() => npyHeader([1], 'bfloat16')).toThrow(
      '.npy has no type for bfloat16: write .safetensors or .bin, or take float32 or float16',
    );
  });

  it('refuses a malformed shape', () => {
    expect(() => npyHeader([-1], 'float32')).toThrow('shape[0]');
  });
});
