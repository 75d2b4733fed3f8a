import { expect, it } from 'vitest';
import { Sampler } from '../../src/index';
import { expectSameBytes } from '../support/bytes';
import { describeGpu } from '../harness/describe';
import { fillBytes, type ModelRequest } from '../harness/request';

const keras: ModelRequest = {
  seed: '18446744073709551615',
  model: {
    class_name: 'Sequential',
    config: {
      name: 'm',
      layers: [
        {
          class_name: 'Conv1D',
          config: {
            name: 'conv',
            batch_input_shape: [null, 20, 3],
            filters: 8,
            kernel_size: [5],
            kernel_initializer: 'he_normal',
            padding: 'same',
          },
        },
        { class_name: 'BatchNormalization', config: { name: 'bn', axis: [-1] } },
        {
          class_name: 'LSTM',
          config: {
            name: 'lstm',
            units: 11,
            recurrent_initializer: 'glorot_uniform',
            bias_initializer: 'lecun_normal',
          },
        },
        { class_name: 'Dense', config: { name: 'dense', units: 3, kernel_initializer: 'random_uniform' } },
      ],
    },
    keras_version: '2.11.0',
  },
};

/** A safetensors header as a program has it. */
const checkpoint: ModelRequest = {
  seed: '3',
  rules: 'torch',
  model: {
    'tok_emb.weight': { dtype: 'F32', shape: [50, 7], data_offsets: [0, 1400] },
    'fc.weight': { dtype: 'BF16', shape: [9, 7], data_offsets: [1400, 1526] },
    'fc.bias': { dtype: 'F16', shape: [9], data_offsets: [1526, 1544] },
  },
};

describeGpu('initModel', (runner) => {
  it.each([
    ['Keras JSON', keras, 4 * (5 * 3 * 8 + 8 + 4 * 8 + 8 * 44 + 11 * 44 + 44 + 33 + 3)],
    ['a safetensors header', checkpoint, 1544],
  ] as const)('gives the CPU’s bytes of %s', async (_, request, bytes) => {
    const expected = await fillBytes(await Sampler.create({ backend: 'cpu', cpu: 'reference' }), request);
    expect(expected.length).toBe(bytes);
    expectSameBytes(await runner().fill(request), expected);
  });
});
