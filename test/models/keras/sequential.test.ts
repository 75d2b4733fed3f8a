import { describe, expect, it } from 'vitest';
import { initializers } from '../../../src/index';
import { kerasModel, layers, Sequential } from '../../../src/models/keras';

describe('the notebook', () => {
  const model = new Sequential([
    layers.dense({ units: 4, inputShape: [3], kernelInitializer: 'glorot_uniform' }),
    layers.dense({ units: 2, kernelInitializer: 'he_uniform' }),
  ]);

  it('counts its parameters', () => {
    expect(model.countParams()).toBe(26);
  });

  it('has named weights, layers and a configuration', () => {
    expect(model.weights.map(({ name, variable, layer, shape }) => [name, variable, layer, shape])).toEqual([
      ['dense/kernel', 'kernel', 'dense', [3, 4]],
      ['dense/bias', 'bias', 'dense', [4]],
      ['dense_1/kernel', 'kernel', 'dense_1', [4, 2]],
      ['dense_1/bias', 'bias', 'dense_1', [2]],
    ]);
    expect(
      model.layers.map(({ name, className, outputShape, parameterCount }) => [
        name,
        className,
        outputShape,
        parameterCount,
      ]),
    ).toEqual([
      ['dense', 'Dense', [null, 4], 16],
      ['dense_1', 'Dense', [null, 2], 10],
    ]);
    const config = model.getConfig() as {
      name: string;
      layers: { class_name: string; config: Record<string, any> }[];
    };
    expect(config.name).toBe('sequential');
    expect(config.layers.map((layer) => layer.class_name)).toEqual(['InputLayer', 'Dense', 'Dense']);
    expect(config.layers[2].config).toMatchObject({
      name: 'dense_1',
      units: 2,
      activation: 'linear',
      use_bias: true,
      trainable: true,
    });
    expect(config.layers[2].config.kernel_initializer.class_name).toBe('HeUniform');
  });

  it('is what its JSON says', () => {
    expect(kerasModel(model.toJson()).toJson()).toBe(model.toJson());
    expect(new Sequential([layers.inputLayer([3]), layers.dense(4)]).getConfig()).toEqual(
      new Sequential([layers.dense(4, { inputShape: [3] })]).getConfig(),
    );
  });
});

describe('layers', () => {
  const dense = (...args: Parameters<typeof layers.dense>) =>
    new Sequential([layers.inputLayer({ batchShape: [null, 3] }), layers.dense(...args)]).weights[0];

  it('take the first argument before the others', () => {
    expect(dense(4, { useBias: false })).toEqual(dense({ units: 4, useBias: false }));
  });

  it.each([
    ['an identifier', 'he_normal'],
    ['an instance', initializers.heNormal()],
    ['a factory', initializers.heNormal],
    ['a class', initializers.HeNormal],
    ['JSON', { class_name: 'HeNormal', config: {} }],
  ])('take %s for an initializer', (_, kernelInitializer) => {
    const config = { seed: null, input_axes: null, output_axes: null };
    expect(dense(4, { kernelInitializer }).initializer).toMatchObject({ class_name: 'HeNormal', config });
  });

  it('know the variants of Dense', () => {
    const ternary = new Sequential([layers.ternaryDense(4, { inputShape: [3], threshold: 0.7 })]);
    expect(ternary.weights.map(({ name, shape }) => [name, shape])).toEqual([
      ['ternary_dense/kernel', [3, 4]],
      ['ternary_dense/bias', [4]],
    ]);
    expect(ternary.layers[0].outputShape).toEqual([null, 4]);
  });

  it('take bits, and write them as a class of this library', () => {
    const model = new Sequential([layers.dense(4, { inputShape: [3], kernelInitializer: 'bits' })]);
    const envelope = {
      module: 'tensorseed',
      class_name: 'Bits',
      config: {},
      registered_name: 'tensorseed>Bits',
    };
    expect(model.weights[0].initializer).toEqual(envelope);
    expect(kerasModel(model.toJson()).weights[0].initializer).toEqual(envelope);
  });

  it('keep a seed that was asked for', () => {
    expect(dense(4, { kernelInitializer: initializers.heNormal({ seed: 7 }) }).initializer).toMatchObject({
      config: { seed: 7 },
    });
  });

  it('take layers and models', () => {
    const inner = new Sequential([layers.dense(5, { inputShape: [4], name: 'deep' })], { name: 'inner' });
    const model = new Sequential([
      layers.embedding(30, 8),
      layers.bidirectional(layers.lstm(2, { returnSequences: true })),
      layers.timeDistributed(inner),
      layers.rnn([layers.lstmCell(3), layers.gruCell(2)]),
      layers.dense(1),
      new Sequential([layers.dense(3, { inputShape: [1] })], { name: 'last' }),
    ]);
    expect(model.weights.map(({ name }) => name)).toEqual([
      'embedding/embeddings',
      ...['forward', 'backward'].flatMap((side) =>
        ['kernel', 'recurrent_kernel', 'bias'].map((name) => `bidirectional/${side}_lstm/lstm_cell/${name}`),
      ),
      'time_distributed/inner/deep/kernel',
      'time_distributed/inner/deep/bias',
      ...['lstm_cell', 'gru_cell'].flatMap((cell) =>
        ['kernel', 'recurrent_kernel', 'bias'].map((name) => `rnn/stacked_rnn_cells/${cell}/${name}`),
      ),
      'dense/kernel',
      'dense/bias',
      'last/dense/kernel',
      'last/dense/bias',
    ]);
  });

  it.each<[string, () => unknown, string]>([
    [
      'an unknown argument',
      () => layers.dense({ units: 4, unit: 3 } as never),
      'the argument of layers.dense has the unknown key "unit"',
    ],
    [
      'a snake_case argument',
      () => layers.dense(4, { use_bias: true } as never),
      'unknown key "use_bias"; did you mean useBias? Known keys: name, trainable, dtype, inputShape, batchInputShape, units, activation, useBias',
    ],
    ['a missing argument', () => layers.conv2d(4), 'layers.conv2d needs kernelSize'],
    ['a negative size', () => layers.dense(-1), 'units must be a positive integer, got -1'],
    ['a fraction', () => layers.dense(2.5), 'units must be a positive integer, got 2.5'],
    ['a size that is text', () => layers.dense('4'), 'units must be a positive integer, got "4"'],
    [
      'a window of another rank',
      () => layers.conv2d(4, [3, 3, 3]),
      'kernelSize must be one value or 2 of them, got [3,3,3]',
    ],
    [
      'another padding',
      () => layers.conv2d(4, { kernelSize: 3, padding: 'full' as never }),
      'padding must be one of valid, same, got "full"',
    ],
    [
      'an initializer of another type',
      () => layers.dense(4, { kernelInitializer: 3 as never }),
      'kernelInitializer must be an initializer, got 3',
    ],
    [
      'a cell that is none',
      () => layers.timeDistributed({ layer: 3 as never }),
      'layer must be a layer, {"class_name", "config"}, got 3',
    ],
    [
      'two objects of options',
      () => layers.dense({ units: 4 }, { units: 4 }),
      'layers.dense got units twice',
    ],
    ['an argument twice', () => layers.dense(4, { units: 3 }), 'layers.dense got units twice, 4 and 3'],
    [
      'too many arguments',
      () => layers.dense(4, 'relu'),
      'layers.dense takes units before its options, got [4,"relu"]',
    ],
    [
      'an argument of a layer without any',
      () => layers.add(3),
      'layers.add takes nothing before its options, got [3]',
    ],
    [
      'no input shape',
      () => new Sequential([layers.dense(4)]),
      'Sequential "sequential" of the model has no input shape',
    ],
    ['no list', () => new Sequential(layers.dense(4) as never), 'layers must be a list, got {'],
    ['something else than layers', () => new Sequential([3 as never]), 'layers[0] must be a layer'],
    [
      'an unknown option',
      () => new Sequential([], { title: 'x' } as never),
      'options has the unknown key "title"',
    ],
    [
      'the same name twice',
      () => new Sequential([layers.dense(4, { name: 'a', inputShape: [3] }), layers.dense(4, { name: 'a' })]),
      'it holds two layers named "a"',
    ],
    [
      'an unknown initializer',
      () => new Sequential([layers.dense(4, { inputShape: [3], biasInitializer: 'nope' })]),
      'layer "dense" (Dense) of the model: weight "bias": unknown initializer "nope"',
    ],
  ])('refuse %s in one line', (_, body, message) => {
    expect(body).toThrow(message);
  });
});
