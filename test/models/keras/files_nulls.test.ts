import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { initializers } from '../../../src/index';
import { kerasModel } from '../../../src/models';

type Json = Record<string, any>;

/** The names and shapes of a model's weights, without layers. */
const rows = (weights: readonly { name: string; shape: readonly (number | null)[] }[]): string =>
  weights
    .map(({ name, shape }) => `${name.replace(/^.*\//, '')} ${shape.join()}`)
    .sort()
    .join('; ');

/** The JSON that TensorFlow.js writes of a model with one layer. */
function jsonOf(layer: tf.layers.Layer, ...shape: number[]): Json {
  const input = tf.input({ shape });
  const model = tf.model({ inputs: input, outputs: layer.apply(input) as tf.SymbolicTensor });
  return JSON.parse(JSON.stringify(model.toJSON(null, false))) as Json;
}

const CASES: readonly (readonly [string, () => Json])[] = [
  [
    'Dense',
    () =>
      jsonOf(
        tf.layers.dense({ units: 3, kernelInitializer: tf.initializers.varianceScaling({} as never) }),
        4,
      ),
  ],
  ['Conv2D', () => jsonOf(tf.layers.conv2d({ filters: 2, kernelSize: 3 }), 8, 8, 2)],
  ['SeparableConv2D', () => jsonOf(tf.layers.separableConv2d({ filters: 2, kernelSize: 3 }), 8, 8, 2)],
  ['LSTM', () => jsonOf(tf.layers.lstm({ units: 3 }), 4, 2)],
  ['GRU', () => jsonOf(tf.layers.gru({ units: 3 }), 4, 2)],
  ['BatchNormalization', () => jsonOf(tf.layers.batchNormalization(), 4)],
  ['Embedding', () => jsonOf(tf.layers.embedding({ inputDim: 5, outputDim: 3 }), 4)],
];

describe.each(CASES)('nulls in a %s of TensorFlow.js', (_, make) => {
  it('stand for what TensorFlow.js takes them for, wherever they are', async () => {
    const json = make();
    const configOf = (root: Json): Json => root.config.layers[1].config as Json;
    const places: string[][] = [];
    const visit = (value: Json, path: string[]): void => {
      for (const [key, inner] of Object.entries(value)) {
        if (!['name', 'class_name', 'config'].includes(key) && inner !== null) places.push([...path, key]);
        if (typeof inner === 'object' && inner !== null && !Array.isArray(inner))
          visit(inner as Json, [...path, key]);
      }
    };
    visit(configOf(json), []);
    for (const place of places) {
      const changed = structuredClone(json);
      const parent = place.slice(0, -1).reduce<Json>((at, key) => at[key] as Json, configOf(changed));
      parent[place.at(-1)!] = null;
      const wanted = await tf.models.modelFromJSON({ modelTopology: changed } as never).then(
        ({ weights }) =>
          rows(weights.map((one) => ({ name: (one as any).originalName as string, shape: one.shape }))),
        () => 'refused',
      );
      let found = 'refused';
      try {
        found = rows(kerasModel(changed).weights);
      } catch {}
      expect(`${place.join('.')}: ${found}`).toBe(`${place.join('.')}: ${wanted}`);
    }
  });
});

const dense = (config: Json, version = '2.12.0'): Json => ({
  class_name: 'Sequential',
  keras_version: version,
  config: {
    name: 'm',
    layers: [
      { class_name: 'Dense', config: { name: 'd', units: 4, batch_input_shape: [null, 3], ...config } },
    ],
  },
});

describe('nulls', () => {
  it('in the configuration of an initializer are its defaults', () => {
    const given = {
      class_name: 'VarianceScaling',
      config: { scale: 2, mode: null, distribution: null, seed: null },
    };
    const [kernel] = kerasModel(dense({ kernel_initializer: given })).weights;
    expect(kernel.initializer).toMatchObject({
      config: { scale: 2, mode: 'fan_in', distribution: 'truncated_normal', seed: null },
    });
  });

  it('in a file of Keras are what Python takes None for', () => {
    expect(kerasModel(dense({ use_bias: null })).weights).toHaveLength(1);
    expect(kerasModel(dense({ use_bias: null }, 'tfjs-layers 4.22.0')).weights).toHaveLength(2);
    expect(
      kerasModel(dense({ activation: null, kernel_constraint: null, dtype: null })).weights,
    ).toHaveLength(2);
    expect(() => kerasModel(dense({ units: null }))).toThrow('units must be a positive integer, got null');
  });

  it('are still refused by the constructors of initializers', () => {
    for (const options of [{ mode: null }, { distribution: null }, { scale: null }])
      expect(() => new initializers.VarianceScaling(options as never)).toThrow('got null');
    expect(() =>
      kerasModel(dense({ kernel_initializer: { class_name: 'Constant', config: { value: null } } })),
    ).toThrow('value');
  });
});
