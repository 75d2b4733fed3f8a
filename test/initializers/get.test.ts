import { describe, expect, it } from 'vitest';
import { ArgumentError } from '../../src/core/errors';
import * as initializers from './every';
import { get, IDENTIFIERS } from './every';
import { ALIASES } from '../../src/initializers/foreign_names';
import { initializerFrom } from '../../src/initializers/spec';
import { CLASS_NAMES } from './classes';

/** Keras's identifiers, and those of Bits, which Keras does not have. */
const CLASSES = {
  Zeros: ['Zeros', 'zeros', 'zero'],
  Ones: ['Ones', 'ones', 'one'],
  Constant: ['Constant', 'constant'],
  RandomNormal: ['RandomNormal', 'random_normal', 'normal'],
  RandomUniform: ['RandomUniform', 'random_uniform', 'uniform'],
  TruncatedNormal: ['TruncatedNormal', 'truncated_normal'],
  VarianceScaling: ['VarianceScaling', 'variance_scaling'],
  GlorotNormal: ['GlorotNormal', 'glorot_normal'],
  GlorotUniform: ['GlorotUniform', 'glorot_uniform'],
  HeNormal: ['HeNormal', 'he_normal'],
  HeUniform: ['HeUniform', 'he_uniform'],
  LecunNormal: ['LecunNormal', 'lecun_normal'],
  LecunUniform: ['LecunUniform', 'lecun_uniform'],
  Identity: ['Identity', 'identity', 'IdentityInitializer'],
  Orthogonal: ['Orthogonal', 'orthogonal', 'OrthogonalInitializer'],
  Bits: ['Bits', 'bits'],
  Bernoulli: ['Bernoulli', 'bernoulli'],
  STFT: ['STFT', 'stft', 'STFTInitializer'],
  Sparse: ['Sparse', 'sparse'],
  Dirac: ['Dirac', 'dirac'],
  Permutation: ['Permutation', 'permutation'],
  Poisson: ['Poisson', 'poisson'],
  Rademacher: ['Rademacher', 'rademacher'],
  Randint: ['Randint', 'randint'],
  Exponential: ['Exponential', 'exponential'],
  Laplace: ['Laplace', 'laplace'],
  Logistic: ['Logistic', 'logistic'],
  Gumbel: ['Gumbel', 'gumbel'],
  Gamma: ['Gamma', 'gamma'],
  Lognormal: ['Lognormal', 'lognormal'],
  InverseSoftplus: ['InverseSoftplus', 'inverse_softplus'],
  LogArange: ['LogArange', 'log_arange'],
  Sinusoidal: ['Sinusoidal', 'sinusoidal'],
} as const;
const ALL = Object.entries(CLASSES) as [keyof typeof CLASSES, readonly string[]][];

describe("get takes Keras's identifiers", () => {
  it.each(ALL.flatMap(([name, identifiers]) => identifiers.map((one) => [one, name] as const)))(
    '%s is %s',
    (identifier, name) => {
      const initializer = get(identifier);
      expect(initializer).toBeInstanceOf(initializers[name]);
      expect(initializer.className).toBe(name);
    },
  );

  it('and lists exactly these', () => {
    // TensorFlow.js does not rescale the truncated normals of these schemes, so its names are none here.
    const unlike = ['GlorotNormal', 'HeNormal', 'LecunNormal', 'STFT'];
    const factories = ALL.filter(([name]) => !unlike.includes(name)).map(
      ([name]) => `${name[0].toLowerCase()}${name.slice(1)}`,
    );
    const all = [...ALL.flatMap(([, identifiers]) => identifiers), ...factories, ...Object.keys(ALIASES)];
    expect([...IDENTIFIERS].sort()).toEqual([...new Set(all)].sort());
    expect(Object.keys(CLASSES).sort()).toEqual(CLASS_NAMES);
  });

  it.each(['', 'Initializer', 'function', 'constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    '%j is unknown, and the message lists what is',
    (identifier) => {
      const message = `unknown initializer ${JSON.stringify(identifier)}; known identifiers: zeros, zero,`;
      expect(() => get(identifier)).toThrow(message);
      expect(() => get({ class_name: identifier, config: {} })).toThrow(message);
    },
  );
});

describe('get takes anything that names an initializer', () => {
  it('null stays null', () => {
    expect(get(null)).toBeNull();
    expect(get(undefined)).toBeNull();
  });

  it('but initializerFrom, which never returns null, refuses it', () => {
    expect(() => initializerFrom(null as never)).toThrow(
      new ArgumentError(
        'an initializer must be an identifier such as "he_normal", its JSON, or an instance, got null',
      ),
    );
  });

  it('an instance is returned as it is', () => {
    const he = initializers.heNormal();
    expect(get(he)).toBe(he);
    const own = { className: 'Own', resolve: () => ({ kind: 'bits' }) as const, getConfig: () => ({}) };
    expect(get(own)).toBe(own);
  });

  it('each class and each factory is called', () => {
    for (const [name] of ALL) {
      const factory =
        name === 'STFT' ? 'stft' : (`${name[0].toLowerCase()}${name.slice(1)}` as Uncapitalize<typeof name>);
      expect(get(initializers[name])).toBeInstanceOf(initializers[name]);
      expect(get(initializers[factory])).toBeInstanceOf(initializers[name]);
      expect(initializers[factory]()).toBeInstanceOf(initializers[name]);
    }
  });

  it.each([
    [42, 'an initializer must be an identifier such as "he_normal", its JSON, or an instance, got 42'],
    [true, 'an initializer must be an identifier such as "he_normal", its JSON, or an instance, got true'],
    [
      ['zeros'],
      'an initializer must be an identifier such as "he_normal", its JSON, or an instance, got ["zeros"]',
    ],
    [
      Object,
      'an initializer must be an identifier such as "he_normal", its JSON, or an instance, got function Object',
    ],
    [{}, 'class_name must be a string, got undefined'],
    [{ class_name: 7 }, 'class_name must be a string, got 7'],
    [
      { className: 'Zeros' },
      'an initializer\'s JSON has the unknown key "className"; did you mean class_name? Known keys: module, class_name,',
    ],
    [{ class_name: 'Zeros', build_config: {} }, 'an initializer\'s JSON has the unknown key "build_config"'],
    [{ class_name: 'Zeros', config: [] }, 'the config of Zeros must be an object, got []'],
    [{ class_name: 'Zeros', config: 'x' }, 'the config of Zeros must be an object, got "x"'],
    [{ class_name: 'Zeros', module: null }, 'module must be a string such as "keras.initializers", got null'],
    [
      { class_name: 'Zeros', registered_name: 'my>Zeros' },
      'registered_name must be null for Keras\'s own Zeros, got "my>Zeros"',
    ],
  ])('%j is an error', (identifier, message) => {
    expect(() => get(identifier)).toThrow(ArgumentError);
    expect(() => get(identifier)).toThrow(message);
  });
});

describe('isInitializer', () => {
  it('knows an initializer by its members', () => {
    expect(initializers.isInitializer(initializers.zeros())).toBe(true);
    expect(initializers.isInitializer(initializers.heNormal())).toBe(true);
    for (const other of [null, undefined, 'zeros', 0, {}, [], initializers.Zeros, { className: 'Zeros' }]) {
      expect(initializers.isInitializer(other)).toBe(false);
    }
  });
});
