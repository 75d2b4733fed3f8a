import { describe, expect, it } from 'vitest';
import { parseBytes } from '../../src/cli/values';
import vectors from '../vectors/transformers/shards.json' with { type: 'json' };

const read = (text: string): number => parseBytes('--max-shard-size', text);

describe('a size in bytes', () => {
  it.each(Object.entries(vectors.sizes))('of %s is what huggingface_hub reads', (text, bytes) => {
    expect(read(text)).toBe(bytes);
  });

  // transformers.utils.hub.convert_file_size_to_int knows the binary units, and Python passes integers.
  it.each([
    ['2GiB', 2 * 2 ** 30],
    ['1MiB', 2 ** 20],
    ['3KiB', 3072],
    ['1TiB', 2 ** 40],
    ['4096', 4096],
  ])('of %s may have a binary unit, or none', (text, bytes) => expect(read(text)).toBe(bytes));

  it.each([
    '',
    'GB',
    '0',
    '0GB',
    '0.0001KB',
    '-5GB',
    '+5GB',
    '5gb',
    '5Gb',
    '5 GiBs',
    '5  GB',
    '5,5GB',
    '.5GB',
    '5.GB',
    '1e3MB',
    'infGB',
    '0x10MB',
    '5EB',
    '9007199254740992',
    '99999TB',
    '1'.repeat(400),
    '5GB\n',
    '__proto__',
    '5toString',
  ])('is not %j', (text) => {
    expect(() => read(text)).toThrow(
      /^--max-shard-size must be a size in bytes such as 5GB, 500MB or 2GiB, in \[1, 2\^53\), got "[^\n]*$/,
    );
  });
});
