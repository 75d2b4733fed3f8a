import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { quiet } from '../support/quiet';
import { Key, Sampler } from '../../src/index';
import { describeModel, initModel, layers, Sequential } from '../../src/models';

const cpu = { backend: 'cpu' } as const;

describe('the notebook', () => {
  const make = () =>
    new Sequential([
      layers.dense({ units: 4, inputShape: [3], kernelInitializer: 'glorot_uniform' }),
      layers.dense({ units: 2, kernelInitializer: 'he_uniform' }),
    ]);

  it('has a summary, layers, a configuration and weights', async () => {
    const model = await initModel(make(), { seed: 42, ...cpu });
    expect(model.summary(quiet)).toContain('Total params: 26');
    expect(model.summary(quiet)).toMatch(/dense \(Dense\).*\(None, 4\).*16/);
    expect(model.summary(quiet)).toMatch(/dense_1 \(Dense\).*\(None, 2\).*10/);
    expect(model.layers!.map(({ name, className }) => [name, className])).toEqual([
      ['dense', 'Dense'],
      ['dense_1', 'Dense'],
    ]);
    expect(model.getConfig()).toMatchObject({ name: 'sequential' });
    expect(model.countParams()).toBe(26);
    expect(model.names).toEqual(['dense/kernel', 'dense/bias', 'dense_1/kernel', 'dense_1/bias']);
    const weights = await model.getWeights();
    expect(weights.map(({ name, shape, dtype, length }) => [name, shape, dtype, length])).toEqual([
      ['dense/kernel', [3, 4], 'float32', 12],
      ['dense/bias', [4], 'float32', 4],
      ['dense_1/kernel', [4, 2], 'float32', 8],
      ['dense_1/bias', [2], 'float32', 2],
    ]);
    expect(weights[0]).toBeInstanceOf(Float32Array);
    expect(weights[1]).toEqual(new Float32Array(4));
    expect(Object.keys(weights[1])).toEqual(['0', '1', '2', '3']);
  });

  it('keeps Keras’s limits: sqrt(3 / fan_avg) and sqrt(6 / fan_in)', async () => {
    let [first, second] = [0, 0];
    for (let seed = 0; seed < 50; seed++) {
      const [kernel, bias, kernel1, bias1] = await (await initModel(make(), { seed, ...cpu })).getWeights();
      for (const value of kernel) first = Math.max(first, Math.abs(value));
      for (const value of kernel1) second = Math.max(second, Math.abs(value));
      expect([...bias, ...bias1]).toEqual([0, 0, 0, 0, 0, 0]);
    }
    // 600 and 400 uniform values come within 5 % of the limit but with a chance of 10^-9.
    expect(first).toBeLessThan(0.92583);
    expect(first).toBeGreaterThan(0.95 * 0.92582);
    expect(second).toBeLessThan(1.22475);
    expect(second).toBeGreaterThan(0.95 * 1.22474);
  });
});

/** Keras 2's to_json() of an LSTM over 5 features, with seeds of its own. */
const lstm = {
  class_name: 'Sequential',
  config: {
    name: 'rnn',
    layers: [
      {
        class_name: 'LSTM',
        config: {
          name: 'lstm',
          batch_input_shape: [null, 7, 5],
          units: 3,
          unit_forget_bias: true,
          kernel_initializer: { class_name: 'GlorotUniform', config: { seed: 5 } },
          recurrent_initializer: { class_name: 'Orthogonal', config: { gain: 1.0, seed: null } },
          bias_initializer: { class_name: 'RandomNormal', config: { mean: 0.0, stddev: 0.5, seed: 5 } },
        },
      },
      { class_name: 'BatchNormalization', config: { name: 'bn', axis: [-1] } },
    ],
  },
  keras_version: '2.11.0',
  backend: 'tensorflow',
};

describe('Keras JSON', () => {
  it('is initialized in Keras’s order, the forget gate’s bias as ones', async () => {
    const model = await initModel(lstm, { seed: 9, ...cpu });
    const rows = model.weights.map(({ name, shape }) => [name.replace('lstm_cell/', ''), shape]);
    expect(rows).toEqual([
      ['lstm/kernel', [5, 12]],
      ['lstm/recurrent_kernel', [3, 12]],
      ['lstm/bias', [12]],
      ['bn/gamma', [3]],
      ['bn/beta', [3]],
      ['bn/moving_mean', [3]],
      ['bn/moving_variance', [3]],
    ]);
    const values = await model.getWeights();
    const sampler = await Sampler.create(cpu);
    const bias = await (
      await sampler.fill({ class_name: 'RandomNormal', config: { stddev: 0.5 } }, [12], {
        seed: Key.from(9).fold(model.names[2]),
      })
    ).data();
    expect([...values[2]]).toEqual([...bias.subarray(0, 3), 1, 1, 1, ...bias.subarray(6)]);
    expect(values.slice(3).map((data) => [...data])).toEqual([
      [1, 1, 1],
      [0, 0, 0],
      [0, 0, 0],
      [1, 1, 1],
    ]);
  });

  it('has the streams of the seed and the names, whatever seeds it holds, and says so', async () => {
    const model = describeModel(lstm);
    expect(model.notes.filter((note) => note.includes('seeds'))).toEqual([
      `seeds in the configuration are not heeded, the model's seed and the names give every stream: ${model.tensors[0].name}, ${model.tensors[2].name}; seeds: 'configured' heeds them`,
    ]);
    const [kernel] = await (await initModel(lstm, { seed: 1, ...cpu })).getWeights();
    const [other] = await (await initModel(lstm, { seed: 2, ...cpu })).getWeights();
    expect([...kernel]).not.toEqual([...other]);
  });

  it('is the same as text, bytes, .keras file and TensorFlow.js’s model.json', () => {
    const expected = describeModel(lstm).tensors;
    const text = JSON.stringify(lstm);
    const bytes = new TextEncoder().encode(text);
    const archive = zipSync({
      'metadata.json': new TextEncoder().encode('{}'),
      'config.json': bytes,
      'model.weights.h5': new Uint8Array(100),
    });
    for (const source of [
      text,
      `\uFEFF${text}`,
      bytes,
      archive,
      { modelTopology: lstm, weightsManifest: [] },
    ]) {
      const model = describeModel(source);
      expect(model.tensors).toEqual(expected);
      expect(model.keras!.countParams()).toBe(60 + 36 + 12 + 12);
    }
  });

  it('takes a hook for a layer that is not Keras’s, and rules for none', () => {
    const custom = {
      class_name: 'Sequential',
      config: {
        name: 'm',
        layers: [
          { class_name: 'InputLayer', config: { batch_input_shape: [null, 4], name: 'in' } },
          { class_name: 'Scale', config: { name: 'scale' } },
        ],
      },
    };
    expect(() => describeModel(custom)).toThrow(/Scale/);
    const customLayers = {
      Scale: (_: unknown, [shape]: readonly (readonly (number | null)[])[]) => ({
        weights: [{ name: 'factor', shape: [shape[1]!], initializer: 'ones' }],
      }),
    };
    expect(describeModel(custom, { customLayers }).tensors).toMatchObject([
      { name: 'scale/factor', shape: [4] },
    ]);
    expect(() => describeModel(lstm, { rules: 'torch' })).toThrow(
      'rules are for safetensors headers; the model says itself how its tensors are filled',
    );
  });
});
