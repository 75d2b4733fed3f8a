import { describe, expect, it } from 'vitest';
import { kerasModel } from '../../../src/models/keras';

type Json = Record<string, any>;

const layer = (class_name: string, config: Json = {}): Json => ({ class_name, config });
const stack = (layers: Json[], more: Json = {}): Json => ({
  class_name: 'Sequential',
  config: { name: 'stack', layers },
  keras_version: '2.2.4',
  backend: 'tensorflow',
  ...more,
});
const graph = (layers: Json[], inputs: unknown, outputs: unknown, more: Json = {}): Json => ({
  class_name: 'Functional',
  config: { name: 'graph', layers, input_layers: inputs, output_layers: outputs },
  keras_version: '2.4.0',
  ...more,
});
const call = (class_name: string, name: string, config: Json, ...inbound_nodes: unknown[]): Json => ({
  class_name,
  name,
  config: { name, ...config },
  inbound_nodes,
});
const input = (name: string, ...shape: (number | null)[]): Json =>
  call('InputLayer', name, { batch_input_shape: [null, ...shape] });

const weights = (json: Json | string): unknown[] =>
  kerasModel(json, { names: 'unique' }).weights.map(({ name, shape }) => [name, ...shape]);
const shapes = (json: Json): unknown =>
  Object.fromEntries(kerasModel(json).layers.map(({ name, outputShapes }) => [name, outputShapes]));

const glorot = {
  class_name: 'VarianceScaling',
  config: { scale: 1.0, mode: 'fan_avg', distribution: 'uniform', seed: null },
};

// The shapes and names are Keras 2's own rules (keras/layers/*.py at 2.2.4), written out by hand.
describe('Sequential models of Keras 2', () => {
  it('are a bare list of layers up to 2.2.2, the input shape in the first', () => {
    const layers = [
      layer('Conv2D', {
        name: 'conv2d_1',
        filters: 8,
        kernel_size: [3, 3],
        batch_input_shape: [null, 28, 28, 1],
        kernel_initializer: glorot,
        data_format: 'channels_last',
      }),
      layer('BatchNormalization', { name: 'batch_normalization_1', axis: -1 }),
      layer('MaxPooling2D', {
        name: 'max_pooling2d_1',
        pool_size: [2, 2],
        padding: 'valid',
        strides: [2, 2],
      }),
      layer('Flatten', { name: 'flatten_1' }),
      layer('Dense', { name: 'dense_1', units: 10, kernel_initializer: glorot }),
    ];
    const model = kerasModel(
      JSON.stringify({ class_name: 'Sequential', config: layers, keras_version: '2.0.8' }),
    );
    expect(model.weights.map(({ name, shape }) => [name, ...shape])).toEqual([
      ['conv2d_1/kernel', 3, 3, 1, 8],
      ['conv2d_1/bias', 8],
      ...['gamma', 'beta', 'moving_mean', 'moving_variance'].map((name) => [
        `batch_normalization_1/${name}`,
        8,
      ]),
      ['dense_1/kernel', 13 * 13 * 8, 10],
      ['dense_1/bias', 10],
    ]);
    expect(model.weights[0].initializer).toMatchObject({
      class_name: 'VarianceScaling',
      config: { scale: 1, mode: 'fan_avg', distribution: 'uniform' },
    });
    expect(model.name).toBe('sequential');
  });

  it.each<[string, Json[], Json]>([
    ['batch_input_shape', [layer('Dense', { units: 2, batch_input_shape: [null, 3] })], {}],
    ['batch_shape', [layer('InputLayer', { batch_shape: [null, 3] }), layer('Dense', { units: 2 })], {}],
    ['input_dim', [layer('Dense', { units: 2, input_dim: 3 })], {}],
    [
      'a tuple',
      [layer('Dense', { units: 2, batch_input_shape: { class_name: '__tuple__', items: [null, 3] } })],
      {},
    ],
    [
      'a TensorShape',
      [layer('Dense', { units: 2 })],
      { build_input_shape: { class_name: 'TensorShape', items: [null, 3] } },
    ],
    ['build_input_shape', [layer('Dense', { units: 2 })], { build_input_shape: [null, 3] }],
    [
      'a model in first place',
      [stack([layer('Dense', { units: 2, name: 'a', batch_input_shape: [null, 3] })])],
      {},
    ],
  ])('take their input shape from %s', (_, layers, config) => {
    const [kernel] = kerasModel({
      class_name: 'Sequential',
      config: { name: 's', layers, ...config },
    }).weights;
    expect(kernel.shape).toEqual([3, 2]);
  });

  it('take it from what their layers were built with', () => {
    const dense = { ...layer('Dense', { units: 2 }), build_config: { input_shape: [null, 3] } };
    expect(weights({ class_name: 'Sequential', config: { name: 's', layers: [dense] } })[0]).toEqual([
      'dense/kernel',
      3,
      2,
    ]);
  });

  it('have depthwise kernels under their old name', () => {
    const layers = [
      layer('DepthwiseConv2D', {
        name: 'dw',
        kernel_size: [3, 3],
        depth_multiplier: 2,
        batch_input_shape: [null, 8, 8, 4],
      }),
    ];
    expect(weights(stack(layers))).toEqual([
      ['dw/depthwise_kernel', 3, 3, 4, 2],
      ['dw/bias', 8],
    ]);
    expect(weights(stack(layers, { keras_version: '3.0.0' }))).toEqual([
      ['dw/kernel', 3, 3, 4, 2],
      ['dw/bias', 8],
    ]);
  });

  it('have recurrent layers with and without reset_after, and on cuDNN', () => {
    const names = (name: string, units: number, inputs: number, gates: number, ...bias: number[]) => [
      [`${name}/kernel`, inputs, gates * units],
      [`${name}/recurrent_kernel`, units, gates * units],
      [`${name}/bias`, ...bias],
    ];
    expect(
      weights(
        stack([
          layer('GRU', { name: 'old', units: 2, return_sequences: true, batch_input_shape: [null, 5, 3] }),
          layer('GRU', { name: 'new', units: 2, return_sequences: true, reset_after: true }),
          layer('CuDNNGRU', { name: 'fast', units: 2, return_sequences: true }),
          layer('CuDNNLSTM', { name: 'faster', units: 3, return_sequences: true }),
          layer('Bidirectional', {
            name: 'both',
            layer: layer('LSTM', { name: 'lstm_1', units: 2, return_sequences: true }),
          }),
          layer('Bidirectional', {
            name: 'two',
            layer: layer('CuDNNLSTM', { name: 'f', units: 2 }),
            backward_layer: layer('CuDNNLSTM', { name: 'b', units: 2, go_backwards: true }),
          }),
        ]),
      ),
    ).toEqual([
      ...names('old/gru_cell', 2, 3, 3, 6),
      ...names('new/gru_cell', 2, 2, 3, 2, 6),
      ...names('fast', 2, 2, 3, 12),
      ...names('faster', 3, 2, 4, 24),
      ...names('both/forward_lstm_1/lstm_cell', 2, 3, 4, 8),
      ...names('both/backward_lstm_1/lstm_cell', 2, 3, 4, 8),
      ...names('two/forward_f', 2, 4, 4, 16),
      ...names('two/backward_b', 2, 4, 4, 16),
    ]);
  });

  it('fill the forget gates of cuDNN with ones, sixth of eight', () => {
    const [, , bias] = kerasModel(
      stack([
        layer('CuDNNLSTM', { units: 3, batch_input_shape: [null, 5, 2], bias_initializer: 'glorot_uniform' }),
      ]),
    ).weights;
    expect(
      bias.parts!.map(({ start, shape, initializer }) => [start, shape, (initializer as Json).class_name]),
    ).toEqual([
      [0, [15], 'GlorotUniform'],
      [15, [3], 'Ones'],
      [18, [6], 'GlorotUniform'],
    ]);
  });

  it('have layers that do not share weights between positions', () => {
    const config = { filters: 4, kernel_size: [3, 2], strides: [2, 1], batch_input_shape: [null, 7, 6, 3] };
    expect(weights(stack([layer('LocallyConnected2D', { name: 'lc', ...config })]))).toEqual([
      ['lc/kernel', 3 * 5, 3 * 2 * 3, 4],
      ['lc/bias', 3, 5, 4],
    ]);
    expect(
      weights(
        stack([layer('LocallyConnected2D', { name: 'lc', ...config, implementation: 2, use_bias: false })]),
      ),
    ).toEqual([['lc/kernel', 7, 6, 3, 3, 5, 4]]);
    const sequence = { filters: 4, kernel_size: 3, strides: 2, batch_input_shape: [null, 9, 5] };
    expect(weights(stack([layer('LocallyConnected1D', { name: 'lc', ...sequence })]))).toEqual([
      ['lc/kernel', 4, 3 * 5, 4],
      ['lc/bias', 4, 4],
    ]);
  });

  it('take the fans of attention kernels from the shape alone, as Keras does before 3.15', () => {
    const attention = (keras_version: string) =>
      kerasModel(
        graph(
          [
            input('x', 6, 8),
            call('MultiHeadAttention', 'mha', { num_heads: 2, key_dim: 4 }, [
              ['x', 0, 0, { value: ['x', 0, 0] }],
            ]),
          ],
          [['x', 0, 0]],
          [['mha', 0, 0]],
          { keras_version },
        ),
      ).weights[0];
    expect(attention('2.15.0').initializer).toMatchObject({
      config: { input_axes: null, output_axes: null },
    });
    expect(attention('3.5.0').initializer).toEqual(attention('2.15.0').initializer);
    expect(attention('3.15.0').initializer).toMatchObject({
      config: { input_axes: [0], output_axes: [1, 2] },
    });
    expect([attention('2.15.0').name, attention('2.15.0').shape]).toEqual(['mha/query/kernel', [8, 2, 4]]);
  });
});

describe('Functional models of Keras 2', () => {
  const inner = graph(
    [input('i', 4), call('Dense', 'dense', { units: 3 }, [['i', 0, 0, {}]])],
    [['i', 0, 0]],
    [['dense', 0, 0]],
  );

  it.each([0, 1])('share layers and models, whose first call is number %i', (first) => {
    const json = graph(
      [
        input('a', 4),
        input('b', 4),
        {
          ...inner,
          name: 'inner',
          config: { ...inner.config, name: 'inner' },
          inbound_nodes: [[['a', 0, 0, {}]], [['b', 0, 0, {}]]],
        },
        call('Dense', 'dense', { units: 5 }, [['inner', first, 0, {}]], [['inner', first + 1, 0, {}]]),
        call('Concatenate', 'joined', { axis: -1 }, [
          ['dense', 0, 0, {}],
          ['dense', 1, 0, {}],
        ]),
      ],
      [
        ['a', 0, 0],
        ['b', 0, 0],
      ],
      [['joined', 0, 0]],
    );
    expect(weights(json)).toEqual([
      ['inner/dense/kernel', 4, 3],
      ['inner/dense/bias', 3],
      ['dense/kernel', 3, 5],
      ['dense/bias', 5],
    ]);
    expect(shapes(json)).toMatchObject({
      inner: [
        [null, 3],
        [null, 3],
      ],
      dense: [
        [null, 5],
        [null, 5],
      ],
      joined: [[null, 10]],
    });
  });

  it('call layers in any order of the file', () => {
    const json = graph(
      [
        call('Dense', 'last', { units: 2 }, [['first', 0, 0, {}]]),
        call('Dense', 'first', { units: 3 }, [['x', 0, 0, {}]]),
        input('x', 4),
      ],
      [['x', 0, 0]],
      [['last', 0, 0]],
    );
    expect(weights(json)).toEqual([
      ['last/kernel', 3, 2],
      ['last/bias', 2],
      ['first/kernel', 4, 3],
      ['first/bias', 3],
    ]);
  });

  it('pass states, and functions of TensorFlow', () => {
    const json = graph(
      [
        input('x', 7, 4),
        call('LSTM', 'encoder', { units: 3, return_state: true }, [['x', 0, 0, {}]]),
        call('LSTM', 'decoder', { units: 3, return_sequences: true }, [
          [
            'x',
            0,
            0,
            {
              initial_state: [
                ['encoder', 0, 1],
                ['encoder', 0, 2],
              ],
            },
          ],
        ]),
        call('SlicingOpLambda', 'slice', { function: '__operators__.getitem' }, [
          'decoder',
          0,
          0,
          { slice_spec: [{ start: null, stop: null, step: null }, -1] },
        ]),
        call('TFOpLambda', 'sum', { function: 'math.add' }, [
          'slice',
          0,
          0,
          { y: ['encoder', 0, 0], name: null },
        ]),
        call('TFOpLambda', 'twice', { function: 'math.multiply' }, [
          '_CONSTANT_VALUE',
          -1,
          2,
          { y: ['sum', 0, 0] },
        ]),
        call('TFOpLambda', 'scores', { function: 'linalg.matmul' }, [
          'decoder',
          0,
          0,
          { b: ['decoder', 0, 0], transpose_b: true },
        ]),
        call('TFOpLambda', 'mean', { function: 'math.reduce_mean' }, [
          'twice',
          0,
          0,
          { axis: -1, keepdims: true },
        ]),
        call(
          'TensorFlowOpLayer',
          'Relu',
          { node_def: { name: 'Relu', op: 'Relu', input: ['mean'] }, constants: {} },
          [['mean', 0, 0, {}]],
        ),
        call('Dense', 'dense', { units: 2 }, [['Relu', 0, 0, {}]]),
      ],
      [['x', 0, 0]],
      [['dense', 0, 0]],
    );
    expect(shapes(json)).toMatchObject({
      encoder: [
        [null, 3],
        [null, 3],
        [null, 3],
      ],
      decoder: [[null, 7, 3]],
      slice: [[null, 3]],
      twice: [[null, 3]],
      scores: [[null, 7, 7]],
      mean: [[null, 1]],
    });
    expect(weights(json).at(-2)).toEqual(['dense/kernel', 1, 2]);
  });

  it('may be inside an h5 attribute, or a model.json of TensorFlow.js', () => {
    const { keras_version, ...model_config } = inner;
    const expected = [
      ['dense/kernel', 4, 3],
      ['dense/bias', 3],
    ];
    expect(weights({ model_config: inner })).toEqual(expected);
    expect(
      weights({
        format: 'layers-model',
        modelTopology: { keras_version, model_config },
        weightsManifest: [],
      }),
    ).toEqual(expected);
    expect(weights({ modelTopology: model_config })).toEqual(expected);
  });

  it('have numbers that Python alone writes', () => {
    const text = JSON.stringify(
      stack([
        layer('Masking', { mask_value: 0, batch_input_shape: [null, 3] }),
        layer('Dense', { units: 1 }),
      ]),
    ).replace('"mask_value":0', '"mask_value":-Infinity');
    expect(kerasModel(text).layers[0].config.mask_value).toBe(-Infinity);
  });
});
