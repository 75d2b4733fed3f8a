import { describe, expect, it } from 'vitest';
import { planSafetensors } from '../../src/formats/safetensors';
import { headerLength, MAX_HEADER_BYTES, parseHeader } from '../../src/formats/safetensors_header';

const utf8 = new TextEncoder();
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function parse(json: string | Uint8Array, dataBytes: number): ReturnType<typeof parseHeader> {
  const bytes = typeof json === 'string' ? utf8.encode(json) : json;
  return parseHeader('x.safetensors', bytes, 8 + bytes.length + dataBytes);
}

describe('planSafetensors', () => {
  it('writes these bytes for one tensor', () => {
    const { header, tensors, fileBytes } = planSafetensors([{ name: 'w', shape: [2, 3], dtype: 'float32' }]);
    const json = '{"__metadata__":{"format":"pt"},"w":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}';
    expect(json).toHaveLength(88);
    expect([...header.subarray(0, 8)]).toEqual([88, 0, 0, 0, 0, 0, 0, 0]);
    expect(text(header.subarray(8))).toBe(json);
    expect(tensors).toEqual([{ name: 'w', shape: [2, 3], dtype: 'float32', begin: 96, end: 120 }]);
    expect(fileBytes).toBe(120);
  });

  // The reference writer, `safetensors` 0.8.0 of PyPI, gives this header for these tensors:
  // `_safetensors_rust.serialize({name: TensorSpec(dtype=…, shape=…, data_ptr=…, data_len=…), …}, {'format': 'pt'})`
  it('orders by alignment and then by name, and pads with spaces, as the reference writer does', () => {
    const { header, tensors } = planSafetensors([
      { name: 'b', shape: [3], dtype: 'float16' },
      { name: 'é', shape: [], dtype: 'bfloat16' },
      { name: 'a', shape: [1], dtype: 'float16' },
      { name: 'z"/', shape: [1, 0], dtype: 'float32' },
      { name: 'u', shape: [1], dtype: 'uint32' },
    ]);
    const json =
      '{"__metadata__":{"format":"pt"},"z\\"/":{"dtype":"F32","shape":[1,0],"data_offsets":[0,0]},' +
      '"u":{"dtype":"U32","shape":[1],"data_offsets":[0,4]},"é":{"dtype":"BF16","shape":[],"data_offsets":[4,6]},' +
      '"a":{"dtype":"F16","shape":[1],"data_offsets":[6,8]},"b":{"dtype":"F16","shape":[3],"data_offsets":[8,14]}}';
    expect(text(header.subarray(8)).trimEnd()).toBe(json);
    expect(header.length % 8).toBe(0);
    expect(header.length - 8 - utf8.encode(json).length).toBeLessThan(8);
    expect(tensors.map(({ name }) => name)).toEqual(['z"/', 'u', 'é', 'a', 'b']);
  });

  it('orders names by their UTF-8 bytes, not by UTF-16 units', () => {
    const names = ['\u{10000}', '\uffee', 'a', 'B', 'ab'];
    const { tensors } = planSafetensors(names.map((name) => ({ name, shape: [1], dtype: 'float32' })));
    expect(tensors.map(({ name }) => name)).toEqual(['B', 'a', 'ab', '\uffee', '\u{10000}']);
  });

  it('writes a file without tensors', () => {
    const { header, fileBytes } = planSafetensors([]);
    expect(text(header.subarray(8))).toBe('{"__metadata__":{"format":"pt"}}');
    expect(fileBytes).toBe(header.length);
  });

  it('refuses names and sizes that no file can have', () => {
    const plan =
      (...names: string[]) =>
      () =>
        planSafetensors(names.map((name) => ({ name, shape: [1], dtype: 'float32' })));
    expect(plan('a', 'a')).toThrow('two tensors are named "a"');
    expect(plan('__metadata__')).toThrow('cannot be named __metadata__');
    expect(plan('\ud800')).toThrow('well-formed Unicode');
    expect(() => planSafetensors([{ name: 'a', shape: [2 ** 52], dtype: 'float32' }])).toThrow(
      'beyond 2^53 - 1 bytes',
    );
    expect(() => planSafetensors([{ name: 'a', shape: [-1], dtype: 'float32' }])).toThrow('shape[0]');
  });

  it('reads back what it wrote, a tensor named __proto__ too', () => {
    const tensors = ['__proto__', 'constructor', '', 'a/b', '\n"\\', 'é😀'].map((name, i) => ({
      name,
      shape: [i, 2],
      dtype: 'float16' as const,
    }));
    const { header, tensors: placed, fileBytes } = planSafetensors(tensors);
    const length = headerLength('x', header, fileBytes);
    const read = parseHeader('x', header.subarray(8, 8 + length), fileBytes);
    expect(read.metadata).toEqual(new Map([['format', 'pt']]));
    expect(new Map(read.tensors.map(({ name, shape, begin, end }) => [name, { shape, begin, end }]))).toEqual(
      new Map(placed.map(({ name, shape, begin, end }) => [name, { shape, begin, end }])),
    );
  });
});

describe('a safetensors header', () => {
  const first = (length: bigint): Uint8Array => {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, length, true);
    return bytes;
  };

  it('has a length that the file can hold', () => {
    expect(headerLength('x', first(16n), 24)).toBe(16);
    expect(() => headerLength('x', new Uint8Array(7), 7)).toThrow(
      'x is no safetensors file: 7 bytes, fewer than 8',
    );
    expect(() => headerLength('x', first(17n), 24)).toThrow('a header of 17 bytes in a file of 24');
    expect(() => headerLength('x', first(2n ** 64n - 1n), 24)).toThrow(
      'a header of 18446744073709551615 bytes',
    );
    expect(() => headerLength('x', first(2n ** 53n + 1n), Number.MAX_SAFE_INTEGER)).toThrow(
      '9007199254740993',
    );
    expect(headerLength('x', first(BigInt(MAX_HEADER_BYTES)), 2e8)).toBe(1e8);
    expect(() => headerLength('x', first(BigInt(MAX_HEADER_BYTES) + 1n), 2e8)).toThrow(
      '100000001 bytes, more than 100000000',
    );
  });

  const entry = (dtype: string, shape: string, offsets: string): string =>
    `{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}`;

  it('may list tensors in any order, of every type', () => {
    const { tensors, metadata } = parse(
      `{"b":${entry('F8_E4M3', '[3]', '[4,7]')},"a":${entry('F4', '[4,2]', '[0,4]')},"c":${entry('C64', '[0]', '[7,7]')}} \n`,
      7,
    );
    expect(tensors.map(({ name, count }) => [name, count])).toEqual([
      ['a', 8],
      ['b', 3],
      ['c', 0],
    ]);
    expect(metadata.size).toBe(0);
    expect(parse('{}', 0).tensors).toEqual([]);
    expect(parse('{"__metadata__":null}', 0).tensors).toEqual([]);
  });

  it.each<[string, string | Uint8Array, number, string]>([
    ['begins with something else', ' {}', 0, "must begin with '{'"],
    ['is a list', '[]', 0, "must begin with '{'"],
    ['is empty', '', 0, "must begin with '{'"],
    ['is no UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), 0, 'is no valid UTF-8'],
    ['is no JSON', '{"a"}', 0, 'is no valid JSON'],
    ['goes on behind its object', '{}{}', 0, 'is no valid JSON'],
    [
      'has a tensor twice',
      `{"a":${entry('F32', '[0]', '[0,0]')},"a":${entry('F32', '[0]', '[0,0]')}}`,
      0,
      'has the key "a" twice',
    ],
    ['has metadata twice', '{"__metadata__":{},"__metadata__":{}}', 0, 'has the key "__metadata__" twice'],
    [
      'has metadata of numbers',
      '{"__metadata__":{"a":1}}',
      0,
      'must hold strings only, but "a" is no string',
    ],
    ['has metadata in a list', '{"__metadata__":[]}', 0, 'must be an object of strings'],
    ['is nested deeply', `{"a":{"shape":${'['.repeat(9)}`, 0, 'is nested too deeply'],
    [
      'has a tensor that is a list',
      '{"a":[]}',
      0,
      'tensor "a" of x.safetensors must be described by an object',
    ],
    [
      'has an unknown key',
      '{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4],"x":1}}',
      4,
      'unknown key "x"',
    ],
    ['has a misspelt key', '{"a":{"dtype":"F32","shap":[]}}', 4, 'unknown key "shap"; did you mean shape?'],
    ['has an unknown dtype', `{"a":${entry('F128', '[]', '[0,16]')}}`, 16, 'unknown dtype "F128"'],
    [
      'has a dtype of an object',
      `{"a":${entry('constructor', '[]', '[0,4]')}}`,
      4,
      'unknown dtype "constructor"',
    ],
    ['lacks the dtype', '{"a":{"shape":[],"data_offsets":[0,4]}}', 4, 'unknown dtype'],
    [
      'lacks the shape',
      '{"a":{"dtype":"F32","data_offsets":[0,4]}}',
      4,
      'shape of tensor "a" of x.safetensors must be a list',
    ],
    [
      'lacks the offsets',
      '{"a":{"dtype":"F32","shape":[]}}',
      4,
      'data_offsets of tensor "a" of x.safetensors must be a list',
    ],
    ['has a negative size', `{"a":${entry('F32', '[-1]', '[0,4]')}}`, 4, 'integers in [0, 2^53), got -1'],
    ['has a size of -0', `{"a":${entry('F32', '[-0]', '[0,0]')}}`, 0, 'got -0'],
    ['has a fractional size', `{"a":${entry('F32', '[1.5]', '[0,6]')}}`, 6, 'is no valid JSON'],
    ['has a size with an exponent', `{"a":${entry('F32', '[1e0]', '[0,4]')}}`, 4, 'is no valid JSON'],
    [
      'has a size that is text',
      `{"a":${entry('F32', '["1"]', '[0,4]')}}`,
      4,
      'integers in [0, 2^53), got "1"',
    ],
    [
      'has a size beyond 2^53',
      `{"a":${entry('F32', '[9007199254740992]', '[0,4]')}}`,
      4,
      'integers in [0, 2^53)',
    ],
    [
      'has sizes whose product wraps around',
      `{"a":${entry('F32', '[4294967296,4294967296]', '[0,0]')}}`,
      0,
      'needs 73786976294838206464',
    ],
    [
      'has sizes whose product wraps around to the bytes',
      `{"a":${entry('U8', '[9007199254740991,2048,1024]', '[0,8]')}}`,
      8,
      'has 8 bytes',
    ],
    ['has three offsets', `{"a":${entry('F32', '[]', '[0,4,4]')}}`, 4, 'must be [begin, end]'],
    [
      'has offsets that go back',
      `{"a":${entry('F32', '[]', '[4,0]')}}`,
      4,
      'must be [begin, end] with begin <= end',
    ],
    [
      'has fewer bytes than its shape',
      `{"a":${entry('F32', '[2]', '[0,4]')}}`,
      4,
      'has 4 bytes, but shape [2] of F32 needs 8',
    ],
    ['has more bytes than its shape', `{"a":${entry('F16', '[]', '[0,4]')}}`, 4, 'needs 2'],
    [
      'does not fill whole bytes',
      `{"a":${entry('F4', '[3]', '[0,2]')}}`,
      2,
      'does not fill whole bytes: 3 elements of F4',
    ],
    [
      'begins after byte 0',
      `{"a":${entry('F32', '[]', '[4,8]')}}`,
      8,
      'tensor "a" of x.safetensors leaves a hole: it begins at 4, not at 0',
    ],
    [
      'has a hole',
      `{"a":${entry('F32', '[]', '[0,4]')},"b":${entry('F32', '[]', '[8,12]')}}`,
      12,
      'tensor "b" of x.safetensors leaves a hole',
    ],
    [
      'has an overlap',
      `{"a":${entry('F32', '[2]', '[0,8]')},"b":${entry('F32', '[]', '[4,8]')}}`,
      8,
      'tensor "b" of x.safetensors overlaps',
    ],
    [
      'has the same bytes twice',
      `{"a":${entry('F32', '[]', '[0,4]')},"b":${entry('F32', '[]', '[0,4]')}}`,
      4,
      'overlaps',
    ],
    ['ends before the file', `{"a":${entry('F32', '[]', '[0,4]')}}`, 5, 'bytes, but its tensors end at byte'],
    ['ends behind the file', `{"a":${entry('F32', '[]', '[0,4]')}}`, 3, 'bytes, but its tensors end at byte'],
    ['has no tensors for its bytes', '{}', 1, 'bytes, but its tensors end at byte 10'],
  ])('is refused where it %s', (_, json, dataBytes, message) => {
    let thrown: Error | undefined;
    try {
      parse(json, dataBytes);
    } catch (error) {
      thrown = error as Error;
    }
    expect(thrown?.name).toBe('ArgumentError');
    expect(thrown?.message).toContain(message);
    expect(thrown?.message).not.toContain('\n');
  });
});
