import { describe, expect, it } from 'vitest';
import type { LoadedModel } from '../../src/models/loaded_model';
import { parseModel } from '../../src/models/source';

const parse = (json: unknown): LoadedModel =>
  parseModel('m.json', new TextEncoder().encode(typeof json === 'string' ? json : JSON.stringify(json)));

const tensor = { name: 'w', shape: [2, 3], initializer: 'he_normal' };

describe('parseModel', () => {
  it('reads every form of an initializer', () => {
    const tensors = [
      tensor,
      {
        name: 'a',
        shape: [],
        initializer: { class_name: 'Constant', config: { value: 3 } },
        dtype: 'float16',
      },
      {
        name: '__proto__',
        shape: [0],
        initializer: { module: 'keras.initializers', class_name: 'Zeros', config: {}, registered_name: null },
      },
      { name: 'k', shape: [4, 4], initializer: { class_name: 'HeNormal', config: { seed: null } } },
      { name: 'b', shape: [4], initializer: 'bits', dtype: 'uint32' },
      { name: 'c', shape: [4], initializer: { class_name: 'Bits', config: {} } },
      {
        name: 'p',
        shape: [3, 2],
        initializer: [
          { shape: [4], initializer: 'zeros' },
          { shape: [1, 2], initializer: 'he_normal' },
        ],
      },
    ];
    expect(parse({ name: 'm', tensors })).toMatchObject({ name: 'm', tensors, notes: [] });
    expect(parse('\uFEFF {"tensors": []}')).toMatchObject({ name: undefined, tensors: [] });
  });

  it.each<[string, unknown, string]>([
    ['text that is no JSON', '{"tensors": [}', 'm.json is no valid JSON: expected a value at character 13'],
    ['a list', [], 'm.json must hold an object with "tensors"'],
    ['no tensors', {}, '"tensors" in m.json must be a list'],
    [
      'an unknown key',
      { tensors: [], layers: [] },
      'm.json has the unknown key "layers"; known keys: name, tensors',
    ],
    ['a poisoned key', '{"tensors": [], "__proto__": {}}', 'm.json has the unknown key "__proto__"'],
    ['a name of another type', { name: 1, tensors: [] }, '"name" in m.json must be a string, got 1'],
    ['a tensor that is none', { tensors: [tensor, 3] }, 'tensors[1] of m.json must be an object, got 3'],
    [
      'a tensor without a name',
      { tensors: [{ ...tensor, name: undefined }] },
      '"name" of tensors[0] of m.json',
    ],
    ['an empty name', { tensors: [{ ...tensor, name: '' }] }, 'must be a string that is not empty, got ""'],
    ['the same name twice', { tensors: [tensor, tensor] }, 'm.json has two tensors named "w"'],
    [
      'an unknown key of a tensor',
      { tensors: [{ ...tensor, size: 1 }] },
      'tensor "w" of m.json has the unknown key "size"',
    ],
    [
      'a tensor without a shape',
      { tensors: [{ ...tensor, shape: undefined }] },
      'tensor "w" of m.json: shape must be an array',
    ],
    [
      'a negative size',
      { tensors: [{ ...tensor, shape: [2, -1] }] },
      'tensor "w" of m.json: shape[1] must be an integer in [0, 2^53), got -1',
    ],
    ['a size that is text', { tensors: [{ ...tensor, shape: ['2'] }] }, 'tensor "w" of m.json: shape[0]'],
    [
      'a shape that is too large',
      { tensors: [{ ...tensor, shape: [2 ** 52, 2 ** 52] }] },
      'more than 2^53 - 1',
    ],
    [
      'a tensor without an initializer',
      { tensors: [{ ...tensor, initializer: undefined }] },
      'tensor "w" of m.json: an initializer must be',
    ],
    [
      'an unknown initializer',
      { tensors: [{ ...tensor, initializer: 'nope' }] },
      'tensor "w" of m.json: unknown initializer "nope"',
    ],
    [
      'an initializer of another type',
      { tensors: [{ ...tensor, initializer: 3 }] },
      'tensor "w" of m.json: an initializer must be',
    ],
    [
      'an unknown argument',
      { tensors: [{ ...tensor, initializer: { class_name: 'Zeros', config: { value: 1 } } }] },
      'unknown key "value"',
    ],
    [
      'a malformed argument',
      { tensors: [{ ...tensor, initializer: { class_name: 'RandomNormal', config: { stddev: -1 } } }] },
      'tensor "w" of m.json: stddev',
    ],
    [
      'an argument of bits',
      { tensors: [{ ...tensor, initializer: { class_name: 'bits', config: { a: 1 } } }] },
      'the config of Bits has the unknown key "a"',
    ],
    [
      'a poisoned argument',
      '{"tensors":[{"name":"w","shape":[],"initializer":{"class_name":"Zeros","config":{"__proto__":{}}}}]}',
      'which is refused',
    ],
    [
      'a seed of its own',
      { tensors: [{ ...tensor, initializer: { class_name: 'HeNormal', config: { seed: 0 } } }] },
      'tensor "w" of m.json: its initializer has the seed 0',
    ],
    [
      'no parts',
      { tensors: [{ ...tensor, initializer: [] }] },
      'tensor "w" of m.json: a tensor must have at least one part',
    ],
    [
      'parts that are too short',
      { tensors: [{ ...tensor, initializer: [{ shape: [5], initializer: 'ones' }] }] },
      'tensor "w" of m.json: the parts of shape [2,3] must have 6 elements, got 5',
    ],
    [
      'a part that is none',
      { tensors: [{ ...tensor, initializer: ['ones'] }] },
      'tensor "w" of m.json: part 1 must be an object, got "ones"',
    ],
    [
      'a part without a shape',
      { tensors: [{ ...tensor, initializer: [{ initializer: 'ones' }] }] },
      'tensor "w" of m.json: part 1: shape must be an array',
    ],
    [
      'a part with a seed',
      {
        tensors: [
          {
            ...tensor,
            initializer: [{ shape: [6], initializer: { class_name: 'RandomNormal', config: { seed: 1 } } }],
          },
        ],
      },
      'part 1: its initializer has the seed 1',
    ],
    [
      'a matrix as a part',
      { tensors: [{ ...tensor, initializer: [{ shape: [2, 3], initializer: 'orthogonal' }] }] },
      'a part of a tensor cannot be filled by Orthogonal',
    ],
    [
      'an unknown dtype',
      { tensors: [{ ...tensor, dtype: 'float64' }] },
      'tensor "w" of m.json: dtype must be one of',
    ],
    [
      'a dtype of null',
      { tensors: [{ ...tensor, dtype: null }] },
      'tensor "w" of m.json: dtype must be one of',
    ],
    ['deep nesting', `{"tensors":${'['.repeat(300)}`, 'm.json is nested too deeply'],
    [
      'too many tensors',
      `{"tensors":[${'0,'.repeat(100_000)}0]}`,
      'm.json has 100001 tensors, more than 100000',
    ],
    ['too many bytes', ' '.repeat(2 ** 24 + 1), 'm.json has 16777217 bytes, more than 16777216 for a model'],
  ])('refuses %s in one line', (_, json, message) => {
    let thrown: Error | undefined;
    try {
      parse(json);
    } catch (error) {
      thrown = error as Error;
    }
    expect(thrown?.name).toBe('ArgumentError');
    expect(thrown?.message).toContain(message);
    expect(thrown?.message).not.toContain('\n');
  });
});
