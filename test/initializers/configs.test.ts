import { describe, expect, it } from 'vitest';
import * as initializers from './every';
import { deserialize, get, type Initializer, serialize } from './every';
import { CLASS_NAMES } from './classes';

/** As text, so that the order of the keys counts: what `json.dumps` makes of Keras 3.16's get_config. */
const FANS = '{"seed":null,"input_axes":null,"output_axes":null}';
const DEFAULTS: [string, Initializer, string][] = [
  ['Zeros', initializers.zeros(), '{}'],
  ['Ones', initializers.ones(), '{}'],
  ['Constant', initializers.constant(), '{"value":0}'],
  ['RandomNormal', initializers.randomNormal(), '{"seed":null,"mean":0,"stddev":0.05}'],
  ['RandomUniform', initializers.randomUniform(), '{"seed":null,"minval":-0.05,"maxval":0.05}'],
  ['TruncatedNormal', initializers.truncatedNormal(), '{"seed":null,"mean":0,"stddev":0.05}'],
  [
    'VarianceScaling',
    initializers.varianceScaling(),
    '{"seed":null,"scale":1,"mode":"fan_in","distribution":"truncated_normal","input_axes":null,"output_axes":null}',
  ],
  ['GlorotNormal', initializers.glorotNormal(), FANS],
  ['GlorotUniform', initializers.glorotUniform(), FANS],
  ['HeNormal', initializers.heNormal(), FANS],
  ['HeUniform', initializers.heUniform(), FANS],
  ['LecunNormal', initializers.lecunNormal(), FANS],
  ['LecunUniform', initializers.lecunUniform(), FANS],
  ['Orthogonal', initializers.orthogonal(), '{"seed":null,"gain":1}'],
  ['STFT', initializers.stft(), '{"side":"real","window":"hann","periodic":false,"scaling":"density"}'],
  // Keras loses the gain.
  ['Identity', initializers.identity(), '{"gain":1}'],
];

it('each class has its row', () => {
  const rows = DEFAULTS.map(([className]) => className);
  const ofKeras = CLASS_NAMES.filter((name) => serialize(get(name)).registered_name === null);
  expect(rows.sort()).toEqual(ofKeras);
});

describe("the configuration and the envelope are Keras 3.16's, key by key", () => {
  it.each(DEFAULTS)('%s', (className, initializer, config) => {
    expect(initializer.className).toBe(className);
    expect(JSON.stringify(initializer.getConfig())).toBe(config);
    expect(JSON.stringify(serialize(initializer))).toBe(
      `{"module":"keras.initializers","class_name":"${className}","config":${config},"registered_name":null}`,
    );
  });

  it('holds the arguments as given, and normal as truncated_normal', () => {
    const given = initializers.varianceScaling({
      scale: 2,
      mode: 'fan_avg',
      distribution: 'normal',
      seed: 7,
      inputAxes: [-1],
      outputAxes: [0, 1],
    });
    expect(given.getConfig()).toEqual({
      seed: 7,
      scale: 2,
      mode: 'fan_avg',
      distribution: 'truncated_normal',
      input_axes: [-1],
      output_axes: [0, 1],
    });
    expect(
      initializers.varianceScaling({ distribution: 'UNIFORM' as 'uniform' }).getConfig().distribution,
    ).toBe('uniform');
    expect(initializers.constant({ value: true }).getConfig()).toEqual({ value: true });
    expect(initializers.randomUniform({ minval: 0, maxval: 0 }).getConfig()).toEqual({
      seed: null,
      minval: 0,
      maxval: 0,
    });
  });

  it('has the bounds of a truncated normal only where they are not the default', () => {
    const both = initializers.truncatedNormal({ seed: 1, lower: -Infinity, upper: 3 });
    expect(JSON.stringify(both.getConfig())).toBe('{"seed":1,"mean":0,"stddev":0.05,"lower":null,"upper":3}');
    expect(initializers.truncatedNormal({ upper: Infinity }).getConfig()).toEqual({
      seed: null,
      mean: 0,
      stddev: 0.05,
      upper: null,
    });
    expect(initializers.truncatedNormal({ lower: -2, upper: 2 }).getConfig()).not.toHaveProperty('lower');
  });
});

const THROUGH_JSON: Initializer[] = [
  initializers.zeros(),
  initializers.ones(),
  initializers.constant({ value: 0.1 }),
  initializers.constant({ value: true }),
  initializers.randomNormal({ mean: -1, stddev: 0, seed: 0 }),
  initializers.randomUniform({ minval: 0, maxval: 1e-7, seed: 2 ** 53 - 1 }),
  initializers.truncatedNormal({ seed: 2n ** 64n - 1n }),
  initializers.truncatedNormal({ lower: -1, upper: Infinity, seed: 3 }),
  initializers.truncatedNormal({ lower: -Infinity, upper: 0, seed: 3 }),
  initializers.varianceScaling({
    scale: 3,
    mode: 'fan_out',
    distribution: 'untruncated_normal',
    seed: 1n << 53n,
  }),
  initializers.varianceScaling({ mode: 'fan_geo_avg', seed: 1 }),
  initializers.glorotNormal({ seed: 1 }),
  initializers.glorotUniform({ seed: 1, inputAxes: [0], outputAxes: [1] }),
  initializers.heNormal({ seed: 1, inputAxes: [-2] }),
  initializers.heUniform({ seed: 1 }),
  initializers.lecunNormal({ seed: 1 }),
  initializers.lecunUniform({ seed: 1 }),
  initializers.identity({ gain: 0.5 }),
  initializers.orthogonal({ gain: 2, layout: 'torch', seed: 4 }),
  initializers.bits(),
  initializers.stft({ side: 'imag', window: [0, 1, 0.5], scaling: null, periodic: true }),
  initializers.sparse({ sparsity: 0.25, stddev: 2, seed: 3 }),
  initializers.dirac({ groups: 2, layout: 'torch' }),
  initializers.bernoulli({ probability: 0.25, seed: 1 }),
  initializers.bernoulli({ packed: true, seed: 1 }),
  initializers.permutation({ size: 100, seed: 1 }),
  initializers.permutation({ size: 2 ** 40, wide: true, seed: 1 }),
  initializers.poisson({ rate: 3, seed: 1 }),
  initializers.rademacher({ seed: 1 }),
  initializers.randint({ low: -5, high: 5, seed: 1 }),
  initializers.exponential({ scale: 0.5, seed: 1 }),
  initializers.laplace({ loc: -1, scale: 2, seed: 1 }),
  initializers.logistic({ loc: -1, scale: 2, seed: 1 }),
  initializers.gumbel({ loc: -1, scale: 2, seed: 1 }),
  initializers.gamma({ concentration: 0.5, scale: 2, seed: 1 }),
  initializers.lognormal({ mean: -1, stddev: 0.5, seed: 1 }),
  initializers.inverseSoftplus({ minval: 0.01, maxval: 1, floor: 0, seed: 1 }),
  initializers.logArange(),
  initializers.sinusoidal({
    layout: 'interleaved',
    maxPeriod: 100,
    grid: [3, 1],
    columnsFirst: false,
    extent: 2,
    zeroRows: 1,
  }),
  initializers.sinusoidal({ endpoint: true }),
];

describe('through JSON and back', () => {
  it('goes every class', () => {
    expect([...new Set(THROUGH_JSON.map(({ className }) => className))].sort()).toEqual(CLASS_NAMES);
  });

  it.each(THROUGH_JSON)('%#: $className', (initializer) => {
    const json: object = JSON.parse(JSON.stringify(serialize(initializer)));
    const copy = get(json);
    expect(copy).not.toBe(initializer);
    expect(copy.constructor).toBe(initializer.constructor);
    expect(copy.seed).toBe(initializer.seed);
    expect(copy.getConfig()).toEqual(initializer.getConfig());
    const shape = { Dirac: [6, 4, 6], Sinusoidal: [4, 8], STFT: [3, 1, 4] }[initializer.className] ?? [4, 6];
    expect(copy.resolve(shape)).toEqual(initializer.resolve(shape));
  });

  it('each class reads its own', () => {
    expect(initializers.HeNormal.fromConfig({ seed: 5 }).seed).toBe(5n);
    expect(initializers.Constant.fromConfig({ value: 2 }).options.value).toBe(2);
    expect(initializers.Identity.fromConfig({ gain: 2 }).options.gain).toBe(2);
  });
});

describe('Bits, which Keras does not have', () => {
  const envelope =
    '{"module":"tensorseed","class_name":"Bits","config":{},"registered_name":"tensorseed>Bits"}';

  it('is written as a class that is registered under the package tensorseed', () => {
    expect(JSON.stringify(serialize(initializers.bits()))).toBe(envelope);
    expect(deserialize(JSON.parse(envelope))).toBeInstanceOf(initializers.Bits);
  });

  it('is read from the name and the configuration alone, too', () => {
    expect(deserialize({ class_name: 'bits', config: {} })).toBeInstanceOf(initializers.Bits);
  });

  it('is not the class of another package', () => {
    expect(() => deserialize({ ...JSON.parse(envelope), registered_name: 'mine>Bits' })).toThrow(
      'registered_name must be "tensorseed>Bits", got "mine>Bits"',
    );
    expect(() => deserialize({ class_name: 'HeNormal', registered_name: 'tensorseed>Bits' })).toThrow(
      'registered_name must be null for Keras\'s own HeNormal, got "tensorseed>Bits"',
    );
  });
});

describe('files of other versions are read', () => {
  const of = (class_name: string, config: unknown, rest = {}) => deserialize({ class_name, config, ...rest });

  it('Keras 2: no module, older configs, any identifier as the name', () => {
    const glorot = of('GlorotUniform', { seed: 3 });
    expect(glorot).toBeInstanceOf(initializers.GlorotUniform);
    expect(glorot.getConfig()).toEqual({ seed: 3, input_axes: null, output_axes: null });
    expect(of('glorot_uniform', {})).toBeInstanceOf(initializers.GlorotUniform);
    expect(of('normal', { mean: 0, stddev: 1, seed: null }).resolve([1])).toEqual({
      kind: 'normal',
      mean: 0,
      stddev: 1,
    });
    const scaling = of('VarianceScaling', { scale: 1, mode: 'fan_avg', distribution: 'uniform', seed: null });
    expect(scaling.resolve([784, 256])).toMatchObject({ kind: 'uniform', high: 0.075955452531275 });
  });

  it('an Identity of Keras 3, which lost its gain', () => {
    expect(of('Identity', {}).resolve([2, 2])).toEqual({ kind: 'eye', rows: 2, columns: 2, value: 1 });
  });

  it("TensorFlow 1's dtype is ignored", () => {
    expect(of('Zeros', { dtype: 'float32' }).getConfig()).toEqual({});
    expect(of('RandomNormal', { mean: 0, stddev: 1, seed: null, dtype: null }).getConfig()).toEqual({
      seed: null,
      mean: 0,
      stddev: 1,
    });
    expect(() => of('Zeros', { dtype: 32 })).toThrow(
      'dtype, which is ignored, must be a string or null, got 32',
    );
  });

  it.each([
    'keras.initializers',
    'keras.src.initializers.random_initializers',
    'keras.src.initializers.initializers',
    'keras.initializers.initializers_v1',
    'tensorflow.python.keras.initializers.initializers_v2',
  ])('whichever module wrote them: %s', (module) => {
    expect(of('HeNormal', { seed: null }, { module, registered_name: null })).toBeInstanceOf(
      initializers.HeNormal,
    );
  });

  it('with the marks that Keras sets beside the config', () => {
    const marks = { module: 'keras.initializers', registered_name: 'HeNormal', shared_object_id: 140234 };
    expect(of('HeNormal', { seed: null }, marks)).toBeInstanceOf(initializers.HeNormal);
  });

  it('without a config: the defaults', () => {
    expect(deserialize({ class_name: 'Ones' }).getConfig()).toEqual({});
    expect(deserialize({ class_name: 'RandomNormal', config: null }).getConfig()).toEqual({
      seed: null,
      mean: 0,
      stddev: 0.05,
    });
  });
});

describe('what cannot be serialized', () => {
  it('is no initializer, or none of ours', () => {
    const shape = { getConfig: () => ({}), resolve: () => ({ kind: 'bits' }) as const };
    expect(() => serialize('zeros' as never)).toThrow('an initializer is what serialize takes, got "zeros"');
    expect(() => serialize({ ...shape, className: 'Mine' })).toThrow('unknown initializer "Mine"');
    expect(() => serialize({ ...shape, className: 'Zeros' })).toThrow(
      "only Keras's own initializers can be serialized, got another Zeros",
    );
  });
});
