import { describe, expect, it } from 'vitest';
import { ArgumentError } from '../../src/core/errors';
import * as initializers from '../../src/initializers';

/** NAME in a message is the option as the caller spelled it: inputAxes in a constructor, input_axes in a config. */
type Case = [name: keyof typeof MAKE, option: string, value: unknown, message: string];
const MAKE = {
  Constant: initializers.constant,
  RandomNormal: initializers.randomNormal,
  RandomUniform: initializers.randomUniform,
  TruncatedNormal: initializers.truncatedNormal,
  VarianceScaling: initializers.varianceScaling,
  HeNormal: initializers.heNormal,
  Identity: initializers.identity,
};
const KEYS: Record<string, string> = { inputAxes: 'input_axes', outputAxes: 'output_axes' };

const notFinite = (name: keyof typeof MAKE, option: string): Case[] =>
  [NaN, Infinity, -Infinity, null, '1', true, 1n, [1], {}].map((value) => [
    name,
    option,
    value,
    'NAME must be a finite number',
  ]);

const BAD: Case[] = [
  ...notFinite('RandomNormal', 'mean'),
  ...notFinite('RandomNormal', 'stddev'),
  ...notFinite('RandomUniform', 'minval'),
  ...notFinite('RandomUniform', 'maxval'),
  ...notFinite('TruncatedNormal', 'mean'),
  ...notFinite('TruncatedNormal', 'stddev'),
  ...notFinite('VarianceScaling', 'scale'),
  ...notFinite('Identity', 'gain'),
  ['Constant', 'value', NaN, 'NAME must be a finite number or a boolean, got NaN'],
  ['Constant', 'value', -Infinity, 'NAME must be a finite number or a boolean, got -Infinity'],
  ['Constant', 'value', null, 'NAME must be a finite number or a boolean, got null'],
  ['Constant', 'value', '0', 'NAME must be a finite number or a boolean, got "0"'],
  ['Constant', 'value', [1, 2], 'NAME must be a finite number or a boolean, got [1,2]'],
  // TF.js loops for ever.
  ['RandomNormal', 'stddev', -1, 'NAME must be a finite number >= 0, got -1'],
  ['TruncatedNormal', 'stddev', -0.05, 'NAME must be a finite number >= 0, got -0.05'],
  ['RandomUniform', 'maxval', -0.06, 'maxval must be >= minval = -0.05, got -0.06'],
  ['RandomUniform', 'minval', 0.06, 'maxval must be >= minval = 0.06, got 0.05'],
  ['TruncatedNormal', 'lower', NaN, 'NAME must be a number, or infinite, got NaN'],
  ['TruncatedNormal', 'upper', '2', 'NAME must be a number, or infinite, got "2"'],
  ['TruncatedNormal', 'lower', 2, 'lower must be below upper = 2, got 2'],
  ['TruncatedNormal', 'lower', Infinity, 'lower must be below upper = 2, got Infinity'],
  ['TruncatedNormal', 'upper', -2.5, 'lower must be below upper = -2.5, got -2'],
  ['TruncatedNormal', 'upper', -Infinity, 'lower must be below upper = -Infinity, got -2'],
  ['VarianceScaling', 'scale', 0, 'NAME must be a finite number > 0, got 0'],
  ['VarianceScaling', 'scale', -0, 'NAME must be a finite number > 0, got -0'],
  ['VarianceScaling', 'scale', -1, 'NAME must be a finite number > 0, got -1'],
  [
    'VarianceScaling',
    'mode',
    'fanIn',
    'NAME must be one of fan_in, fan_out, fan_avg, fan_geo_avg, got "fanIn"',
  ],
  [
    'VarianceScaling',
    'mode',
    'FAN_IN',
    'NAME must be one of fan_in, fan_out, fan_avg, fan_geo_avg, got "FAN_IN"',
  ],
  ['VarianceScaling', 'mode', null, 'NAME must be one of fan_in, fan_out, fan_avg, fan_geo_avg, got null'],
  // TF.js makes a uniform of it.
  [
    'VarianceScaling',
    'distribution',
    'truncatedNormal',
    'NAME must be one of uniform, truncated_normal, untruncated_normal, got "truncatedNormal"',
  ],
  [
    'VarianceScaling',
    'distribution',
    null,
    'NAME must be one of uniform, truncated_normal, untruncated_normal, got null',
  ],
  [
    'VarianceScaling',
    'distribution',
    ['normal'],
    'NAME must be one of uniform, truncated_normal, untruncated_normal, got ["normal"]',
  ],
  ['VarianceScaling', 'inputAxes', 0, 'NAME must be null or an array of integers, got 0'],
  ['HeNormal', 'inputAxes', '01', 'NAME must be null or an array of integers, got "01"'],
  ['HeNormal', 'outputAxes', [0, 0.5], 'NAME must be null or an array of integers, got [0,0.5]'],
  ['HeNormal', 'outputAxes', [0, '1'], 'NAME must be null or an array of integers, got [0,"1"]'],
  ['HeNormal', 'outputAxes', [, 1], 'NAME must be null or an array of integers, got [null,1]'],
  ['HeNormal', 'outputAxes', [1, 0, 1], 'NAME must name each axis once, got [1,0,1]'],
];

describe('a bad argument is an error that names it, in a constructor and in a config', () => {
  it.each(BAD)('%s %s %o', (name, option, value, message) => {
    const make = MAKE[name] as (options: object) => unknown;
    expect(() => make({ [option]: value })).toThrow(ArgumentError);
    expect(() => make({ [option]: value })).toThrow(message.replace('NAME', option));

    const key = KEYS[option] ?? option;
    const read = () => initializers.deserialize({ class_name: name, config: { [key]: value } });
    expect(read).toThrow(ArgumentError);
    expect(read).toThrow(message.replace('NAME', key));
  });

  it('null bounds are for configs alone', () => {
    expect(() => initializers.truncatedNormal({ lower: null as never })).toThrow(
      'lower must be a number, or infinite, got null',
    );
    expect(() => initializers.truncatedNormal({ upper: null as never })).toThrow(
      'upper must be a number, or infinite, got null',
    );
  });

  it('every message is one line', () => {
    for (const [name, option, value] of BAD) {
      try {
        (MAKE[name] as (options: object) => unknown)({ [option]: value });
        expect.unreachable();
      } catch (error) {
        expect((error as Error).message).not.toContain('\n');
      }
    }
  });
});

describe('an argument that nobody reads is an error', () => {
  it.each([
    [
      () => initializers.randomNormal({ std: 1 } as never),
      'the argument of RandomNormal has the unknown key "std"; did you mean stddev? Known keys: seed, mean, stddev',
    ],
    [
      () => initializers.heNormal({ input_axes: [0] } as never),
      'the argument of HeNormal has the unknown key "input_axes"; did you mean inputAxes? Known keys: seed, inputAxes, outputAxes',
    ],
    [
      () => initializers.zeros({ value: 0 } as never),
      'the argument of Zeros has the unknown key "value"; known keys: none',
    ],
    [() => initializers.heNormal(42 as never), 'the argument of HeNormal must be an object, got 42'],
    [() => initializers.constant(null as never), 'the argument of Constant must be an object, got null'],
    [() => initializers.identity([2] as never), 'the argument of Identity must be an object, got [2]'],
    [
      () => initializers.randomNormal({ [Symbol('x')]: 1 } as never),
      'the argument of RandomNormal has the unknown key Symbol(x)',
    ],
    [
      () => initializers.HeNormal.fromConfig({ inputAxes: [0] }),
      'the config of HeNormal has the unknown key "inputAxes"; did you mean input_axes? Known keys: seed, input_axes, output_axes, dtype',
    ],
    [
      () => initializers.HeNormal.fromConfig(undefined),
      'the config of HeNormal must be an object, got undefined',
    ],
    [
      () => initializers.HeNormal.fromConfig({ scale: 2 }),
      'the config of HeNormal has the unknown key "scale"',
    ],
  ])('%o', (act, message) => {
    expect(act).toThrow(ArgumentError);
    expect(act).toThrow(message);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('such as %s in JSON', (key) => {
    const config = JSON.parse(`{"${key}": {"mean": 1}}`);
    expect(() => initializers.RandomNormal.fromConfig(config)).toThrow(
      `the config of RandomNormal has the unknown key "${key}"`,
    );
    expect(() => initializers.randomNormal(config)).toThrow(
      `the argument of RandomNormal has the unknown key "${key}"`,
    );
    const envelope = JSON.parse(`{"class_name": "Zeros", "config": {}, "${key}": {}}`);
    expect(() => initializers.get(envelope)).toThrow(`an initializer's JSON has the unknown key "${key}"`);
    expect(({} as { mean?: number }).mean).toBeUndefined();
  });
});
