import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Dtype } from '../../src/core/dtype';
import { planSafetensors } from '../../src/formats/safetensors';
import { describeModel, type ModelOptions, type ModelSource } from '../../src/models';
import { kerasConfig } from '../../src/models/keras_archive';
import { filesBeside, parseModel } from '../../src/models/source';

const encode = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

/** A header's JSON, offsets in the order given. */
function header(
  tensors: Record<string, [dtype: string, bytes: number, ...shape: number[]]>,
): Record<string, object> {
  let end = 0;
  const entries = Object.entries(tensors).map(([name, [dtype, bytes, ...shape]]) => [
    name,
    { dtype, shape, data_offsets: [end, (end += bytes)] },
  ]);
  return Object.fromEntries(entries) as Record<string, object>;
}

const small = header({ 'fc.weight': ['F32', 24, 2, 3], 'fc.bias': ['BF16', 4, 2], words: ['U32', 8, 2] });
const rules = [{ pattern: 'words', initializer: 'bits' }, 'torch'];

/** The header as a file begins. */
function file(json: object): Uint8Array {
  const text = encode(json);
  const bytes = new Uint8Array(8 + text.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

describe('a safetensors header', () => {
  const expected = [
    ['fc.weight', [2, 3], 'float32'],
    ['fc.bias', [2], 'bfloat16'],
    ['words', [2], 'uint32'],
  ];
  const rows = (source: ModelSource, options: ModelOptions = {}): unknown[] =>
    describeModel(source, { rules, ...options }).tensors.map(({ name, shape, dtype }) => [
      name,
      shape,
      dtype,
    ]);

  it('gives names, shapes and types, whatever form it has', () => {
    const metadata = { __metadata__: { format: 'pt' }, ...small };
    const whole = file(metadata);
    const more = new Uint8Array([...whole, 1, 2, 3]);
    for (const source of [metadata, JSON.stringify(metadata), encode(metadata), whole, more, more.buffer])
      expect(rows(source)).toEqual(expected);
  });

  it('is read as the project writes it', () => {
    const { header } = planSafetensors([
      { name: 'a.weight', shape: [2, 2], dtype: 'float16' as Dtype },
      { name: 'a.bias', shape: [2], dtype: 'float32' as Dtype },
    ]);
    expect(rows(header, { rules: 'torch' })).toEqual([
      ['a.bias', [2], 'float32'],
      ['a.weight', [2, 2], 'float16'],
    ]);
  });

  it('gives way to a dtype, but for words', () => {
    expect(rows(small, { dtype: 'float16' })).toEqual([
      ['fc.weight', [2, 3], undefined],
      ['fc.bias', [2], undefined],
      ['words', [2], 'uint32'],
    ]);
    const double = header({ w: ['F64', 16, 2], q: ['F8_E4M3', 2, 2] });
    expect(rows(double, { dtype: 'float32', rules: [{ pattern: '**', initializer: 'ones' }] })).toHaveLength(
      2,
    );
  });

  it('tells what the rules left out', () => {
    const counters = header({
      'a.num_batches_tracked': ['I64', 8],
      'b.num_batches_tracked': ['I64', 8],
      'c.num_batches_tracked': ['I64', 8],
      'd.num_batches_tracked': ['I64', 8],
      'fc.weight': ['F32', 16, 2, 2],
    });
    const model = describeModel(counters, { rules: 'torch' });
    expect(model.tensors).toHaveLength(1);
    expect(model.notes).toEqual([
      'left out by the rules: a.num_batches_tracked, b.num_batches_tracked, c.num_batches_tracked and 1 more',
    ]);
  });

  it('takes rules as JSON', () => {
    expect(rows(small, { rules: '[{"pattern": "**", "initializer": "bits"}]' })).toEqual(expected);
  });

  it('may have tensors with the names of other formats’ keys', () => {
    const odd = header({
      weight_map: ['F32', 4, 1],
      tensors: ['F32', 4, 1],
      modelTopology: ['F32', 4, 1],
      class_name: ['F32', 4, 1],
      config: ['F32', 4, 1],
      metadata: ['F32', 4, 1],
    });
    expect(rows(odd, { rules: [{ pattern: '*', initializer: 'ones' }] }).length).toBe(6);
  });

  it.each<[string, ModelSource, ModelOptions, string]>([
    [
      'no rules',
      file(small),
      {},
      'the model has names and shapes, but no initializers: it needs rules, a list, auto, or one of torch, gpt2',
    ],
    ['a tensor without a rule', small, { rules: 'torch' }, 'no rule matches tensor "words" of shape [2]'],
    [
      'integers',
      header({ position_ids: ['I64', 16, 2] }),
      { rules: [{ pattern: '*', initializer: 'zeros' }], dtype: 'float32' },
      'tensor "position_ids" of the model has dtype I64, which no initializer fills; leave it out with the rule {"pattern":"position_ids","skip":true}',
    ],
    [
      'truth values',
      header({ m: ['BOOL', 2, 2] }),
      { rules: [{ pattern: '*', initializer: 'zeros' }] },
      'has dtype BOOL, which no initializer fills',
    ],
    [
      'doubles',
      header({ w: ['F64', 16, 2] }),
      { rules: [{ pattern: '*', initializer: 'zeros' }] },
      'tensor "w" of the model has dtype F64; give a dtype to fill it with: float32, float16 or bfloat16',
    ],
    [
      'bytes that do not fit the shape',
      header({ w: ['F32', 8, 3] }),
      { rules },
      'tensor "w" of the model has 8 bytes, but shape [3] of F32 needs 12',
    ],
    [
      'a hole',
      { a: { dtype: 'F32', shape: [1], data_offsets: [4, 8] } },
      { rules },
      'tensor "a" of the model leaves a hole',
    ],
    [
      'a header that is cut off',
      file(small).subarray(0, 40),
      { rules },
      'the model is cut off or no safetensors file',
    ],
    ['a type that is none', small, { rules, dtype: 'float64' as Dtype }, 'dtype must be one of float32'],
    [
      'an unknown option',
      small,
      { rules, dtypes: 1 } as ModelOptions,
      'options has the unknown key "dtypes"',
    ],
    ['rules that are no table', small, { rules: 'lama' }, 'unknown rules "lama"'],
  ])('refuses %s', (_, source, options, message) => {
    expect(() => describeModel(source, options)).toThrow(
      expect.objectContaining({ name: 'ArgumentError', message: expect.stringContaining(message) as string }),
    );
  });
});

describe('an index', () => {
  const index = {
    metadata: { total_size: 36 },
    weight_map: { 'b.bias': 'm-2.safetensors', 'a.weight': 'm-1.safetensors', 'b.weight': 'm-2.safetensors' },
  };
  const first = header({ 'a.weight': ['F32', 16, 2, 2] });
  const second = header({ 'b.weight': ['F32', 16, 2, 2], 'b.bias': ['F16', 4, 2] });
  const headers = { 'm-1.safetensors': first, 'm-2.safetensors': second };
  const names = (model: { tensors: readonly { name: string }[] }): string[] =>
    model.tensors.map(({ name }) => name);

  it('lists the tensors in its order, with the shapes of its files', () => {
    const order = ['b.bias', 'a.weight', 'b.weight'];
    const model = describeModel({ index, headers }, { rules: 'torch' });
    expect(names(model)).toEqual(order);
    expect(model.tensors[0]).toMatchObject({ shape: [2], dtype: 'float16' });
    expect(
      names(
        describeModel(
          {
            index: JSON.stringify(index),
            headers: new Map<string, object>([
              ['m-1.safetensors', file(first)],
              ['m-2.safetensors', second],
            ]) as never,
          },
          { rules: 'torch' },
        ),
      ),
    ).toEqual(order);
    const bytes = encode(index);
    expect(filesBeside('m.json', bytes)).toEqual(['m-2.safetensors', 'm-1.safetensors']);
    expect(
      names(
        parseModel(
          'm.json',
          bytes,
          { rules: 'torch' },
          new Map([
            ['m-1.safetensors', file(first)],
            ['m-2.safetensors', file(second)],
          ]),
        ),
      ),
    ).toEqual(order);
  });

  it('needs no files for anything else', () => {
    for (const bytes of [encode({ tensors: [] }), file(first), encode(first), encode([])])
      expect(filesBeside('m.json', bytes)).toEqual([]);
  });

  const withFile = (name: unknown): unknown => ({ weight_map: { a: name } });
  it.each<[string, unknown, unknown, string]>([
    ['no headers', index, {}, 'the index has no shapes: the header of its file "m-2.safetensors" is missing'],
    [
      'a header that lacks a tensor',
      index,
      { ...headers, 'm-1.safetensors': {} },
      'tensor "a.weight" is not in m-1.safetensors, where the index lists it',
    ],
    [
      'a tensor in another file',
      index,
      { ...headers, 'm-1.safetensors': second },
      'tensor "b.weight" is in m-1.safetensors, where the index does not list it',
    ],
    [
      'a file elsewhere',
      withFile('../m.safetensors'),
      {},
      'tensor "a" of the index must be in a .safetensors file beside it, got "../m.safetensors"',
    ],
    ['a file with a drive', withFile('c:m.safetensors'), {}, 'must be in a .safetensors file beside it'],
    [
      'a file of another format',
      withFile('m.bin'),
      {},
      'must be in a .safetensors file beside it, got "m.bin"',
    ],
    ['an empty list', { weight_map: {} }, {}, 'the index lists no tensors: its "weight_map" is empty'],
    ['a file that is no name', withFile(3), {}, 'must be in a .safetensors file beside it, got 3'],
    ['an index that is none', { tensors: [] }, {}, 'index must be an object with "weight_map"'],
    [
      'headers that are none',
      index,
      null,
      'headers must be an object with one header for each file, got null',
    ],
    [
      'a header that is none',
      index,
      { ...headers, 'm-1.safetensors': 3 },
      'the header of m-1.safetensors must be an object or bytes, got 3',
    ],
  ])('refuses %s', (_, index, headers, message) => {
    expect(() => describeModel({ index, headers } as ModelSource, { rules: 'torch' })).toThrow(
      expect.objectContaining({ name: 'ArgumentError', message: expect.stringContaining(message) as string }),
    );
  });

  it('alone says that it has no shapes', () => {
    expect(() => describeModel(index, { rules: 'torch' })).toThrow(
      'the model has no shapes: the header of its file "m-2.safetensors" is missing',
    );
  });
});

it('an HDF5 file says that its reader must be loaded', () => {
  expect(() =>
    parseModel('m.h5', new Uint8Array([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 0])),
  ).toThrow(
    'm.h5 is an HDF5 file, whose reader is loaded when it is first used: await loadHdf5() of tensorseed/models',
  );
});

describe('a .keras archive', () => {
  const config = encode({ class_name: 'Sequential' });
  const archive = (files: Record<string, Uint8Array>): Uint8Array => zipSync(files);

  it('holds the config', () => {
    for (const level of [0, 6] as const) {
      const bytes = zipSync(
        { 'metadata.json': encode({}), 'config.json': config, 'model.weights.h5': new Uint8Array(1000) },
        { level },
      );
      expect(kerasConfig('m.keras', bytes, 100)).toEqual(config);
    }
  });

  it('is refused where the config is missing, twice there, too long or damaged', () => {
    expect(() => kerasConfig('m.keras', archive({ 'a/config.json': config }), 100)).toThrow(
      'm.keras is a zip archive without config.json, and so no .keras file',
    );
    const bomb = archive({ 'config.json': new Uint8Array(10_000_000) });
    expect(bomb.length).toBeLessThan(20_000);
    expect(() => kerasConfig('m.keras', bomb, 1_000_000)).toThrow(
      'config.json in m.keras has 10000000 bytes, more than 1000000 for a model',
    );
    const whole = archive({ 'config.json': config });
    expect(() => kerasConfig('m.keras', whole.subarray(0, whole.length - 30), 100)).toThrow(
      'm.keras is a damaged zip archive',
    );
    const twice = archive({ 'config.json': config, 'konfig.json': config });
    for (let i = 0; i < twice.length; i++) if (twice[i] === 0x6b && twice[i + 1] === 0x6f) twice[i] = 0x63;
    expect(Object.keys(unzipSync(twice))).toEqual(['config.json']);
    expect(() => kerasConfig('m.keras', twice, 100)).toThrow('m.keras holds config.json twice');
  });

  it('that lies about its size stays within it', () => {
    const bomb = archive({ 'config.json': new Uint8Array(10_000_000) });
    const view = new DataView(bomb.buffer, bomb.byteOffset);
    // The size before compression, in the central directory's one entry and at the file's head.
    for (let i = 0; i < bomb.length - 4; i++)
      if (view.getUint32(i, true) === 10_000_000) view.setUint32(i, 50, true);
    let length = 0;
    try {
      length = kerasConfig('m.keras', bomb, 20_000).length;
    } catch (error) {
      expect((error as Error).message).toContain('m.keras is a damaged zip archive');
    }
    expect(length).toBeLessThanOrEqual(50);
  });
});
