import { describe, expect, it } from 'vitest';
import { ArgumentError } from '../../../src/index';
import { describeModel, initModel, kerasModel, layers, modelFile, Sequential } from '../../../src/models';
import { quiet } from '../../support/quiet';

const wrong = (value: unknown): never => value as never;

describe('Sequential.add', () => {
  it('makes the model that the list of its layers makes, after each layer', () => {
    const parts = [
      layers.inputLayer({ shape: [28, 28, 1] }),
      layers.conv2d(4, 3),
      layers.flatten(),
      layers.dense(8),
      new Sequential([layers.dense(8, { inputShape: [8] })], { name: 'inner' }),
      layers.dense(2),
    ];
    const model = new Sequential([], { name: 'grown' });
    for (const [i, part] of parts.entries()) {
      model.add(part);
      const whole = new Sequential(parts.slice(0, i + 1), { name: 'grown' });
      expect(model.toJson()).toBe(whole.toJson());
      expect(model.weights).toEqual(whole.weights);
      expect(model.summary(quiet)).toBe(whole.summary(quiet));
      expect(kerasModel(model.toJson()).toJson()).toBe(model.toJson());
    }
    expect(model.weights.map(({ name }) => name)).toEqual([
      'conv2d/kernel',
      'conv2d/bias',
      'dense/kernel',
      'dense/bias',
      'inner/dense/kernel',
      'inner/dense/bias',
      'dense_1/kernel',
      'dense_1/bias',
    ]);
  });

  it('adds to a model that has layers, and knows its hooks', () => {
    const model = new Sequential([layers.dense(4, { inputShape: [3] })], {
      customLayers: {
        Scale: (_, [input]) => ({ weights: [{ name: 's', shape: [input.at(-1)!], initializer: 'ones' }] }),
      },
    });
    model.add({ class_name: 'Scale', config: { name: 'scale' } });
    expect(model.weights.at(-1)).toMatchObject({ name: 'scale/s', shape: [4] });
    expect(model.countParams()).toBe(20);
  });

  it('gives the input another name where a layer has the usual one', () => {
    const parts = [
      layers.dense(4, { inputShape: [3] }),
      layers.dense(2, { name: 'input_layer' }),
      layers.dense(1),
    ];
    const model = new Sequential();
    for (const part of parts) model.add(part);
    expect(model.toJson()).toBe(new Sequential(parts).toJson());
  });

  it('keeps the notes on all layers, of which ten are listed', () => {
    const model = new Sequential([layers.inputLayer([3])]);
    const sizes: number[] = [];
    for (let i = 0; i < 13; i++) {
      model.add({ class_name: 'Flatten', config: { name: `f${i}`, strange: 1 } });
      sizes.push(model.notes.length);
    }
    expect(sizes).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 11, 11]);
    expect(model.notes.slice(-2)).toEqual([
      'layer "f9" (Flatten): "strange" is not known and has no effect',
      '3 more that are like these',
    ]);
  });

  it('numbers a layer as if those that were refused had never been', () => {
    const model = new Sequential([layers.dense(4, { inputShape: [3] })]);
    for (let i = 0; i < 3; i++)
      expect(() => model.add(layers.dense(2, { kernelInitializer: 'nope' }))).toThrow('nope');
    model.add(layers.dense(2));
    expect(model.layers.map(({ name }) => name)).toEqual(['dense', 'dense_1']);
  });

  it('takes hundreds of layers in the time of a few', () => {
    const model = new Sequential([layers.inputLayer([8])]);
    const start = process.cpuUsage().user;
    for (let i = 0; i < 500; i++) model.add(layers.dense(8));
    expect(model.layers.at(-1)!.name).toBe('dense_499');
    expect((process.cpuUsage().user - start) / 1e6).toBeLessThan(4); // seconds; it takes 0.5
  });

  it('takes an input shape in the first layer', () => {
    const model = new Sequential();
    model.add(layers.dense({ units: 4, inputShape: [3] }));
    expect(model.countParams()).toBe(16);
  });

  it('leaves what was described or filled before as it was', async () => {
    const model = new Sequential([layers.dense(4, { inputShape: [3] })]);
    const described = describeModel(model);
    const filled = await initModel(model, { seed: 1, backend: 'cpu' });
    const before = [described.summary(quiet), JSON.stringify(filled.getConfig()), filled.layers!.length];
    model.add(layers.dense(2));
    expect([described.summary(quiet), JSON.stringify(filled.getConfig()), filled.layers!.length]).toEqual(
      before,
    );
    expect(describeModel(model).tensors.length).toBe(4);
    filled.destroy();
  });

  it('adds a model as it is then', () => {
    const inner = new Sequential([layers.dense(4, { inputShape: [3] })], { name: 'inner' });
    const model = new Sequential([layers.inputLayer([3])]);
    model.add(inner);
    inner.add(layers.dense(5));
    expect(model.weights.length).toBe(2);
    model.add(inner.layers.length === 2 ? layers.dense(1) : layers.dense(9));
    expect(model.countParams()).toBe(16 + 5);
  });

  it.each<[string, (model: Sequential) => void, string]>([
    [
      'an input in the middle',
      (model) => model.add(layers.inputLayer({ shape: [3] })),
      'layer "input_layer" (InputLayer) of the model: an input must come before all other layers of a Sequential',
    ],
    [
      'a name that is taken',
      (model) => model.add(layers.dense(2, { name: 'first' })),
      'it holds two layers named "first"',
    ],
    [
      'a layer that does not fit',
      (model) => model.add(layers.conv2d(2, 3)),
      'layer "conv2d" (Conv2D) of the model: its input must have a rank of at least 4, batch axis included, got the shape [null,4]',
    ],
    [
      'nothing',
      (model) => model.add(wrong(undefined)),
      'layer must be a layer, {"class_name", "config"}, got undefined',
    ],
    [
      'a list',
      (model) => model.add(wrong([layers.dense(2)])),
      'layer must be a layer, {"class_name", "config"}, got [',
    ],
    [
      'a model that is empty',
      (model) => model.add(new Sequential()),
      'layers must hold a layer at least, got []',
    ],
    [
      'itself under its own name',
      (model) => {
        model.add(model);
        model.add(model);
      },
      'it holds two layers named "sequential"',
    ],
  ])('refuses %s, and the model stays as it was', (what, add, message) => {
    const model = new Sequential([layers.dense(4, { inputShape: [4], name: 'first' })]);
    const before = model.toJson();
    let thrown: unknown;
    try {
      add(model);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ArgumentError);
    expect((thrown as Error).message).toContain(message);
    expect((thrown as Error).message).not.toContain('\n');
    if (!what.startsWith('itself')) expect(model.toJson()).toBe(before);
  });

  it('asks for an input shape at the first layer, and says how to give it', () => {
    const wanted =
      'Sequential "sequential" of the model has no input shape: begin with layers.inputLayer({ shape }), or give ' +
      'the first layer an inputShape';
    const model = new Sequential();
    expect(() => model.add(layers.dense(4))).toThrow(wanted);
    expect(model.layers).toEqual([]);
    expect(() => new Sequential([layers.dense(4)])).toThrow(wanted);
  });

  it('fills no model without layers', async () => {
    const wanted = 'Sequential "sequential" has no layers: give it some, or add them';
    expect(() => describeModel(new Sequential())).toThrow(wanted);
    expect(() => modelFile(new Sequential([]), { seed: 1 })).toThrow(wanted);
    await expect(initModel(new Sequential(), { seed: 1 })).rejects.toThrow(wanted);
    expect(() => kerasModel(new Sequential().toJson())).toThrow('layers must hold a layer at least, got []');
    expect(new Sequential().countParams()).toBe(0);
  });
});

describe('layers.inputLayer', () => {
  const inputOf = (source: ReturnType<typeof layers.inputLayer>) =>
    (new Sequential([source, layers.flatten()]).getConfig().layers as { config: object }[])[0].config;

  it('takes Keras’s names and TensorFlow.js’s', () => {
    const keras = {
      batch_shape: [null, 8, null],
      dtype: 'float32',
      sparse: false,
      ragged: false,
      optional: false,
      name: 'input_layer',
    };
    expect(inputOf(layers.inputLayer({ shape: [8, null] }))).toEqual(keras);
    expect(inputOf(layers.inputLayer({ inputShape: [8, null] }))).toEqual(keras);
    expect(inputOf(layers.inputLayer([8, null]))).toEqual(keras);
    expect(inputOf(layers.inputLayer({ batchShape: [null, 8, null] }))).toEqual(keras);
    expect(inputOf(layers.inputLayer({ batchInputShape: [null, 8, null], batchSize: undefined }))).toEqual(
      keras,
    );
    expect(
      inputOf(layers.inputLayer([4], { batchSize: 32, dtype: 'int32', name: 'ids', sparse: true })),
    ).toEqual({
      ...keras,
      batch_shape: [32, 4],
      dtype: 'int32',
      name: 'ids',
      sparse: true,
    });
  });

  it('begins a Sequential, and is not among its layers', () => {
    const model = new Sequential([layers.inputLayer({ shape: [784] }), layers.dense({ units: 10 })]);
    expect(model.countParams()).toBe(7850);
    expect(model.layers.map(({ name }) => name)).toEqual(['dense']);
  });

  it.each<[string, () => unknown, string]>([
    ['no shape', () => layers.inputLayer(), 'layers.inputLayer needs shape'],
    ['no shape among options', () => layers.inputLayer({ name: 'x' }), 'layers.inputLayer needs shape'],
    ['null', () => layers.inputLayer(null), 'shape must be a list, got null'],
    ['a number', () => layers.inputLayer(784), 'shape must be a list, got 784'],
    [
      'a size that is none',
      () => layers.inputLayer({ shape: [-1] }),
      'shape[0] must be an integer in [0, 2^53), got -1',
    ],
    ['a fraction', () => layers.inputLayer({ inputShape: [2.5] }), 'inputShape[0] must be an integer'],
    [
      'two shapes',
      () => layers.inputLayer({ shape: [1], inputShape: [1] }),
      'shape and inputShape of layers.inputLayer exclude each other',
    ],
    [
      'a shape twice',
      () => layers.inputLayer([1], { shape: [2] }),
      'layers.inputLayer got shape twice, [1] and [2]',
    ],
    [
      'two batch sizes',
      () => layers.inputLayer({ batchShape: [2, 1], batchSize: 2 }),
      'batchSize and batchShape of layers.inputLayer exclude each other',
    ],
    [
      'a batch of half',
      () => layers.inputLayer({ shape: [1], batchSize: 0.5 }),
      'batchSize must be an integer in [0, 2^53), got 0.5',
    ],
    ['units', () => layers.inputLayer({ shape: [1], units: 2 } as never), 'has the unknown key "units"'],
    ['too much', () => layers.inputLayer([1], {}, 3), 'layers.inputLayer takes shape before its options'],
    [
      'two inputs',
      () => new Sequential([layers.inputLayer([1]), layers.inputLayer([1])]),
      'an input must come before all other layers of a Sequential',
    ],
    [
      'the name of another layer',
      () => new Sequential([layers.inputLayer([1], { name: 'a' }), layers.dense(1, { name: 'a' })]),
      'it holds two layers named "a"',
    ],
  ])('refuses %s in one line', (_, call, message) => {
    expect(call).toThrow(ArgumentError);
    expect(call).toThrow(message);
  });
});
