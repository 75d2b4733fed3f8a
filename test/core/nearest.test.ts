import { describe, expect, it } from 'vitest';
import { knownKeys, oneOf } from '../../src/core/check';
import { checkDtype } from '../../src/core/dtype';
import { nearest, orKnown } from '../../src/core/nearest';

const OPTIONS = ['seed', 'name', 'dtype', 'math', 'range', 'buffer', 'byteOffset', 'signal', 'onProgress'];

describe('nearest', () => {
  it.each([
    ['sed', 'seed'],
    ['sead', 'seed'],
    ['esed', 'seed'],
    ['seeds', 'seed'],
    ['Dtype', 'dtype'],
    ['dtpye', 'dtype'],
    ['byte_offset', 'byteOffset'],
    ['byteofset', 'byteOffset'],
    ['on-progress', 'onProgress'],
    ['buf', 'buffer'],
    ['rangeOf', 'range'],
  ])('%s is near to %s', (given, name) => {
    expect(nearest(given, OPTIONS)).toEqual([name]);
  });

  it.each(['', '_', 'x', 'me', 'shape', 'initializer', 'toString', '__proto__', 'größe', 'seed seed seed'])(
    '%j is near to none',
    (given) => {
      expect(
        nearest(
          given,
          OPTIONS.filter((one) => one !== 'seed'),
        ),
      ).toEqual([]);
    },
  );

  it('takes no number for another', () => {
    const layers = ['Conv1D', 'Conv2D', 'Conv3D', 'Conv2DTranspose'];
    expect(nearest('Conv4D', layers)).toEqual([]);
    expect(nearest('conv_2d', layers)).toEqual(['Conv2D']);
    expect(nearest('Covn2D', layers)).toEqual(['Conv2D']);
    expect(nearest('Conv', layers)).toEqual(['Conv1D', 'Conv2D', 'Conv3D']);
    expect(nearest('gpt3', ['gpt2'])).toEqual([]);
  });

  it('prefers the fewest edits, and gives all that have so few', () => {
    expect(nearest('fan_on', ['fan_in', 'fan_out', 'fan_avg'])).toEqual(['fan_in']);
    expect(nearest('ba', ['bat', 'car'])).toEqual([]);
    expect(nearest('base', ['bass', 'case', 'vase', 'bast', 'zone'])).toEqual(['bass', 'case', 'vase']);
    expect(nearest('zeros_initializer', ['zero', 'zeros'])).toEqual(['zeros']);
  });

  it('looks at nothing but text, and not at text of any length', () => {
    for (const given of [undefined, null, 5, Symbol('seed'), ['seed'], new Proxy({}, {})])
      expect(nearest(given, OPTIONS)).toEqual([]);
    const begin = performance.now();
    for (const length of [65, 1e3, 1e6, 2 ** 28]) expect(nearest('s'.repeat(length), OPTIONS)).toEqual([]);
    const names = Array.from({ length: 1000 }, (_, i) => `${'ab'.repeat(30)}${i}`);
    for (let i = 0; i < 10; i++) nearest('ba'.repeat(32), names);
    expect(performance.now() - begin).toBeLessThan(5000);
  });
});

describe('a message about a name that is not known', () => {
  it('asks, and lists what is known', () => {
    expect(orKnown('sed', ['seed', 'name'], 'known keys')).toBe(
      '; did you mean seed? Known keys: seed, name',
    );
    expect(orKnown('x', ['seed', 'name'], 'known keys')).toBe('; known keys: seed, name');
    expect(orKnown('x', [], 'known keys')).toBe('; known keys: none');
  });

  it('does so for options and for choices', () => {
    expect(() => knownKeys('options', { sed: 1 }, ['seed', 'name'])).toThrow(
      'options has the unknown key "sed"; did you mean seed? Known keys: seed, name',
    );
    expect(() => knownKeys('options', { [Symbol('seed')]: 1 }, ['seed'])).toThrow(
      'options has the unknown key Symbol(seed); known keys: seed',
    );
    expect(() => oneOf('mode', 'fanIn', ['fan_in', 'fan_out'])).toThrow(
      /^mode must be one of fan_in, fan_out, got "fanIn"; did you mean fan_in\?$/,
    );
    expect(() => oneOf('backend', 'tpu', ['auto', 'gpu', 'cpu'])).toThrow(
      /^backend must be one of auto, gpu, cpu, got "tpu"$/,
    );
  });
});

describe('a dtype that is not here', () => {
  it.each([
    ['fp16', 'float16'],
    ['half', 'float16'],
    ['float', 'float32'],
    ['FP32', 'float32'],
    ['Float32', 'float32'],
    ['torch.bfloat16', 'bfloat16'],
    ['bf16', 'bfloat16'],
    ['flaot32', 'float32'],
    ['bfloat61', 'bfloat16'],
    ['u32', 'uint32'],
  ])('%s stands for %s', (given, meant) => {
    expect(() => checkDtype(given)).toThrow(
      `dtype must be one of float32, float16, bfloat16, uint32, int32, uint8, int8, got "${given}"; did you mean ${meant}?`,
    );
  });

  it.each(['float64', 'int16', 'int64', 'double', 'complex64', 'bool', 'x'.repeat(1e7), 5, null])(
    '%# stands for none',
    (given) => {
      expect(() => checkDtype(given)).toThrow(
        /^dtype must be one of float32, float16, bfloat16, uint32, int32, uint8, int8, got [^?]*$/,
      );
    },
  );

  it('stands for one that is allowed', () => {
    const allowed = ['float32', 'float16'] as const;
    expect(() => checkDtype('half', allowed)).toThrow('did you mean float16?');
    expect(() => checkDtype('bf16', allowed)).toThrow(/^dtype must be one of float32, float16, got "bf16"$/);
    expect(() => checkDtype('bfloat16', allowed)).toThrow(/got "bfloat16"$/);
    expect(checkDtype('float16', allowed)).toBe('float16');
  });
});
