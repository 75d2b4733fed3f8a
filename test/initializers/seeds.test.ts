import { describe, expect, it } from 'vitest';
import * as initializers from './every';
import { Key } from '../../src/streams/key';
import { CLASS_NAMES } from './classes';

const FACTORIES = [
  initializers.randomNormal,
  initializers.randomUniform,
  initializers.truncatedNormal,
  initializers.varianceScaling,
  initializers.glorotNormal,
  initializers.glorotUniform,
  initializers.heNormal,
  initializers.heUniform,
  initializers.lecunNormal,
  initializers.lecunUniform,
  initializers.orthogonal,
  initializers.bernoulli,
  initializers.sparse,
  initializers.permutation,
  initializers.poisson,
  initializers.rademacher,
  initializers.randint,
  initializers.exponential,
  initializers.laplace,
  initializers.logistic,
  initializers.gumbel,
  initializers.gamma,
  initializers.lognormal,
  initializers.inverseSoftplus,
];

it('every initializer with a seed is here', () => {
  const seeded = CLASS_NAMES.filter((name) => initializers.get(name).seed !== undefined);
  expect(FACTORIES.map((factory) => factory().className).sort()).toEqual(seeded);
});

describe.each(FACTORIES)('%o', (factory) => {
  it.each<[initializers.RandomOptions['seed'], bigint, number | string]>([
    [0, 0n, 0],
    [42, 42n, 42],
    [42n, 42n, 42],
    [2 ** 53 - 1, 9007199254740991n, 9007199254740991],
    [2n ** 53n, 9007199254740992n, '9007199254740992'],
    [2n ** 64n - 1n, 18446744073709551615n, '18446744073709551615'],
    [Key.from(7), 7n, 7],
  ])('keeps the seed %s, and writes it so that it comes back', (seed, value, written) => {
    const initializer = factory({ seed });
    expect(initializer.seed).toBe(value);
    expect(initializer.getConfig().seed).toBe(written);
  });

  it('without one draws its own at construction, and stays with it', () => {
    const seeds = Array.from({ length: 8 }, () => factory().seed);
    expect(new Set(seeds).size).toBe(8);
    for (const seed of seeds) expect(Key.from(seed).value).toBe(seed);

    const initializer = factory({ seed: null });
    const seed = initializer.seed;
    expect(initializer.resolve([3, 4])).toEqual(initializer.resolve([3, 4]));
    expect(initializer.seed).toBe(seed);
    expect(initializer.getConfig().seed).toBeNull();
  });

  it('a copy of an unseeded one draws another seed, as in Keras', () => {
    const initializer = factory();
    const copy = initializers.deserialize(initializers.serialize(initializer));
    expect(copy.seed).not.toBe(initializer.seed);
  });

  it.each([
    [-1, 'seed must be an integer in [0, 2^64), got -1'],
    [-0, 'seed must be an integer in [0, 2^64), got -0'],
    [0.5, 'seed must be an integer in [0, 2^64), got 0.5'],
    [NaN, 'seed must be an integer in [0, 2^64), got NaN'],
    [Infinity, 'seed must be an integer in [0, 2^64), got Infinity'],
    [2 ** 53, 'seed must be an integer in [0, 2^64), got 9007199254740992 (beyond 2^53 - 1 pass a BigInt)'],
    [-1n, 'seed must be an integer in [0, 2^64), got -1'],
    [2n ** 64n, 'seed must be an integer in [0, 2^64), got 18446744073709551616'],
    ['42', 'seed must be an integer in [0, 2^64), got "42"'],
    ['9007199254740992', 'seed must be an integer in [0, 2^64), got "9007199254740992"'],
    [true, 'seed must be an integer in [0, 2^64), got true'],
    [[1], 'seed must be an integer in [0, 2^64), got [1]'],
  ])('refuses the seed %s', (seed, message) => {
    expect(() => factory({ seed: seed as never })).toThrow(message);
  });
});

describe('a seed in a config', () => {
  it.each([
    ['42', 'seed must be an integer, or beyond 2^53 - 1 a string of its decimal digits, got "42"'],
    [
      '9007199254740991',
      'seed must be an integer, or beyond 2^53 - 1 a string of its decimal digits, got "9007199254740991"',
    ],
    [
      '09007199254740992',
      'seed must be an integer, or beyond 2^53 - 1 a string of its decimal digits, got "09007199254740992"',
    ],
    [
      '0x20000000000000',
      'seed must be an integer, or beyond 2^53 - 1 a string of its decimal digits, got "0x20000000000000"',
    ],
    [
      '9007199254740992\n',
      'seed must be an integer, or beyond 2^53 - 1 a string of its decimal digits, got "9007199254740992\\n"',
    ],
    ['18446744073709551616', 'seed must be an integer in [0, 2^64), got 18446744073709551616'],
    [2 ** 53, 'seed beyond 2^53 - 1 must be a string of decimal digits in a config, got 9007199254740992'],
    [
      { class_name: 'SeedGenerator' },
      'seed must be an integer in [0, 2^64), got {"class_name":"SeedGenerator"}',
    ],
    [-1, 'seed must be an integer in [0, 2^64), got -1'],
    [false, 'seed must be an integer in [0, 2^64), got false'],
  ])('%j is an error', (seed, message) => {
    expect(() => initializers.HeNormal.fromConfig({ seed })).toThrow(message);
  });
});

it('zeros, ones, constants, identities and bits have no seed', () => {
  for (const identifier of [
    'zeros',
    'ones',
    'constant',
    'identity',
    'bits',
    'dirac',
    'stft',
    'log_arange',
    'sinusoidal',
  ]) {
    expect(initializers.get(identifier).seed).toBeUndefined();
  }
});
