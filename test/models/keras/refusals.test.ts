import { describe, expect, it } from 'vitest';
import { quiet } from '../../support/quiet';
import { ArgumentError } from '../../../src/core/errors';
import { kerasModel, type KerasModelOptions } from '../../../src/models/keras';

type Json = Record<string, any>;

const layer = (class_name: string, config: Json = {}, more: Json = {}): Json => ({
  class_name,
  config,
  ...more,
});
const stack = (shape: unknown, ...layers: Json[]): Json => ({
  class_name: 'Sequential',
  config: { name: 's', layers: [layer('InputLayer', { batch_shape: shape, name: 'x' }), ...layers] },
});
const call = (class_name: string, name: string, config: Json, ...inbound_nodes: unknown[]): Json => ({
  class_name,
  name,
  config: { name, ...config },
  inbound_nodes,
});
const x = call('InputLayer', 'x', { batch_input_shape: [null, 4] });
const graph = (layers: Json[], outputs: unknown = [['y', 0, 0]], inputs: unknown = [['x', 0, 0]]): Json => ({
  class_name: 'Functional',
  config: { name: 'g', layers, input_layers: inputs, output_layers: outputs },
});
const dense = (name: string, ...inbound: unknown[]): Json => call('Dense', name, { units: 2 }, ...inbound);
const lambda = layer('Lambda', { name: 'code', function: ['4wEAAAA=', null, null] });

const convolution1 = (config: Json): Json =>
  layer('Convolution2D', { name: 'c', nb_filter: 2, nb_row: 3, nb_col: 3, init: 'one', ...config });

const read = (source: any, options: KerasModelOptions = {}) =>
  kerasModel(source, { what: 'm.json', ...options });

describe('kerasModel refuses in one line', () => {
  it.each<[string, any, string]>([
    ['text that is no JSON', '{"class_name": }', 'm.json is no valid JSON: expected a value at character 15'],
    ['a list', '[]', 'm.json must hold an object with "class_name" and "config", got []'],
    [
      'something else',
      '{"tensors": []}',
      'm.json must hold a model\'s JSON with a "class_name", got undefined',
    ],
    [
      'a layer alone',
      JSON.stringify(layer('Dense', { units: 3 })),
      'm.json has no layers: its model of class "Dense" is code',
    ],
    [
      'a model that is code',
      layer('MyModel', { name: 'm' }),
      'its model of class "MyModel" is code, not a graph of layers',
    ],
    [
      'a missing config',
      { class_name: 'Sequential' },
      'm.json must hold a model\'s JSON with a "config", got undefined',
    ],
    [
      'a version before Keras 1',
      { ...stack([null, 3]), keras_version: '0.3.3' },
      'm.json was written by Keras 0.3.3, whose files are another format: load and save it with Keras 1.2 first',
    ],
    [
      'a convolution that only Keras 1 has',
      {
        ...stack([null, 3, 8, 8], convolution1({ border_mode: 'full', dim_ordering: 'th' })),
        keras_version: '1.2.2',
      },
      'layer "c" (Convolution2D of Keras 1): border_mode must be "valid" or "same", got "full"',
    ],
    [
      'an image of Keras 1 whose channels may be anywhere',
      {
        ...stack([null, 3, 8, 8], layer('ZeroPadding2D', { name: 'pad', padding: [1, 1] })),
        keras_version: '1.1.0',
      },
      'layer "pad" (ZeroPadding2D of Keras 1): dim_ordering must be "th" for [batch, channels, …] or "tf"',
    ],
    [
      'a missing argument of Keras 1',
      { ...stack([null, 3], layer('Dense', { name: 'd', init: 'one' })), keras_version: '1.2.2' },
      'layer "d" (Dense of Keras 1): output_dim is missing',
    ],
    [
      'an unknown mode of a Merge',
      { ...stack([null, 3], layer('Merge', { name: 'm', mode: 'min' })), keras_version: '2.0.0' },
      'layer "m" (Merge): mode must be one of sum, mul, ave, max, concat, dot, cos, got "min"',
    ],
    [
      'a poisoned key',
      '{"class_name": "Sequential", "config": {"__proto__": {}}}',
      'm.json has the key "__proto__", which is refused',
    ],
    [
      'a poisoned key of an object',
      { class_name: 'Sequential', config: JSON.parse('{"constructor": 1}') },
      'm.json has the key "constructor", which is refused',
    ],
    [
      'a key given twice',
      '{"class_name": "Sequential", "class_name": "Functional"}',
      'm.json has the key "class_name" twice',
    ],
    [
      'deep nesting',
      `{"class_name": "Sequential", "config": ${'['.repeat(500)}`,
      'm.json is nested too deeply',
    ],
    [
      'an object that contains itself',
      (() => {
        const json = stack([null, 3]);
        json.config.more = json;
        return json;
      })(),
      'm.json is nested too deeply, or contains itself',
    ],
    [
      'a function',
      stack([null, 3], layer('Dense', { units: () => 3 })),
      'm.json must hold JSON, got function units',
    ],
    [
      'NaN where a number counts',
      '{"class_name":"Sequential","config":{"name":"s","layers":[{"class_name":"Dense","config":{"units":NaN,"batch_input_shape":[null,3]}}]}}',
      'units must be a positive integer, got NaN',
    ],
    [
      'an unknown layer',
      stack([null, 3], layer('Foo', { name: 'bar' })),
      'm.json has the layer "bar" of class "Foo", which is unknown or custom: options.customLayers["Foo"] can give its weights',
    ],
    [
      'a misspelt layer',
      stack([null, 3], layer('Dens', { name: 'bar' })),
      'can give its weights and output shape; did you mean Dense?',
    ],
    [
      "a custom layer under Keras's name",
      stack([null, 3], layer('Dense', { units: 1 }, { registered_name: 'mine>Dense' })),
      'options.customLayers["mine>Dense"]',
    ],
    [
      "a class name that is JavaScript's",
      stack([null, 3], layer('constructor')),
      'of class "constructor", which is unknown',
    ],
    [
      'an unknown layer in a wrapper',
      stack([null, 5, 3], layer('TimeDistributed', { name: 't', layer: layer('Foo', { name: 'f' }) })),
      'has the layer "t/f" of class "Foo"',
    ],
    [
      'a missing argument',
      stack([null, 3], layer('Dense', { name: 'd' })),
      'layer "d" (Dense) of m.json: units is missing',
    ],
    [
      'a negative size',
      stack([null, 3], layer('Dense', { name: 'd', units: -4 })),
      'layer "d" (Dense) of m.json: units must be a positive integer, got -4',
    ],
    [
      'a fraction',
      stack([null, 3], layer('Dense', { name: 'd', units: 1.5 })),
      'units must be a positive integer, got 1.5',
    ],
    [
      'a size that is text',
      stack([null, 3], layer('Dense', { name: 'd', units: '4' })),
      'units must be a positive integer, got "4"',
    ],
    [
      'a flag that is text',
      stack([null, 3], layer('Dense', { name: 'd', units: 4, use_bias: 'no' })),
      'use_bias must be true or false, got "no"',
    ],
    [
      'a shape of another kind',
      stack([null, -3], layer('Dense', { units: 4 })),
      'layer "x" (InputLayer) of m.json: batch_shape[1] must be an integer in [0, 2^53), got -3',
    ],
    [
      'a weight beyond 2^53',
      stack([null, 2 ** 40], layer('Dense', { name: 'd', units: 2 ** 40 })),
      'layer "d" (Dense) of m.json: weight "kernel": shape [1099511627776,1099511627776] has',
    ],
    [
      'a name of another type',
      stack([null, 3], layer('Dense', { name: 3, units: 4 })),
      'name must be a string that is not empty, got 3',
    ],
    [
      'the same name twice',
      stack([null, 3], layer('Dense', { name: 'd', units: 4 }), layer('Dense', { name: 'd', units: 4 })),
      'Sequential "s" of m.json: it holds two layers named "d"',
    ],
    [
      'an unknown initializer',
      stack(
        [null, 3],
        layer('Dense', { name: 'd', units: 4, kernel_initializer: { class_name: 'Mine', config: {} } }),
      ),
      'layer "d" (Dense) of m.json: weight "kernel": unknown initializer "Mine"',
    ],
    [
      'a malformed initializer',
      stack(
        [null, 3],
        layer('Dense', {
          name: 'd',
          units: 4,
          bias_initializer: { class_name: 'RandomNormal', config: { stddev: -1 } },
        }),
      ),
      'weight "bias": stddev must be',
    ],
    [
      'an orthogonal bias',
      stack([null, 3], layer('Dense', { name: 'd', units: 4, kernel_initializer: [] })),
      'kernel_initializer must be an initializer, got []',
    ],
    [
      'a size that is left open',
      stack([null, null], layer('Dense', { name: 'd', units: 4 })),
      'layer "d" (Dense) of m.json: its weights depend on axis -1 of its input, whose shape [null,null] leaves it open',
    ],
    [
      'an open size far away',
      stack([null, null, 8, 3], layer('Flatten'), layer('Dense', { name: 'd', units: 4 })),
      'layer "d" (Dense) of m.json: its weights depend on axis -1',
    ],
    [
      'code that a weight depends on',
      stack([null, 3], lambda, layer('ReLU'), layer('Dense', { name: 'd', units: 4 })),
      'layer "d" (Dense) of m.json: its weights depend on the output of Lambda layer "code", which is code, whose shape is not known',
    ],
    [
      'an input of another rank',
      stack([null, 3], layer('Conv2D', { name: 'c', filters: 2, kernel_size: 3 })),
      'layer "c" (Conv2D) of m.json: its input must have a rank of at least 4, batch axis included, got the shape [null,3]',
    ],
    [
      'a window that does not fit',
      stack([null, 2, 9, 1], layer('Conv2D', { name: 'c', filters: 2, kernel_size: 3 })),
      'layer "c" (Conv2D) of m.json: the output along an axis of 2, window 3, would have the size 0',
    ],
    [
      'groups that do not divide',
      stack([null, 9, 9, 3], layer('Conv2D', { name: 'c', filters: 2, kernel_size: 3, groups: 2 })),
      'the number of input channels must be a multiple of groups = 2, got 3',
    ],
    [
      'a shape that does not fit',
      stack([null, 7], layer('Reshape', { name: 'r', target_shape: [2, -1] })),
      'target_shape [2,-1] does not hold the 7 elements of its input [7]',
    ],
    [
      'shapes that do not go together',
      graph(
        [
          x,
          dense('y', [['x', 0, 0, {}]]),
          call('Add', 'z', {}, [
            ['x', 0, 0, {}],
            ['y', 0, 0, {}],
          ]),
        ],
        [['z', 0, 0]],
      ),
      'layer "z" (Add) of m.json: its inputs\' shapes [[4],[2]] do not go together',
    ],
    [
      'an axis that there is none of',
      stack([null, 4], layer('BatchNormalization', { name: 'b', axis: 3 })),
      'layer "b" (BatchNormalization) of m.json: axis 3 is not in its input\'s shape [null,4]',
    ],
    [
      'batch renormalization',
      stack([null, 4], layer('BatchNormalization', { name: 'b', renorm: true })),
      'renorm must be false, got true',
    ],
    [
      'LoRA',
      stack([null, 4], layer('Dense', { name: 'd', units: 3, lora_rank: 2 })),
      'lora_rank must be null, got 2',
    ],
    [
      'a quantized layer',
      stack(
        [null, 4],
        layer('Dense', {
          name: 'd',
          units: 3,
          dtype: { class_name: 'QuantizedDTypePolicy', config: { name: 'int8_from_float32' } },
        }),
      ),
      'dtype is the quantized policy "int8_from_float32"',
    ],
    [
      'no input shape',
      { class_name: 'Sequential', config: { name: 's', layers: [layer('Dense', { units: 3 })] } },
      'Sequential "s" of m.json has no input shape',
    ],
    [
      'a loop',
      graph([x, dense('y', [['z', 0, 0, {}]]), dense('z', [['y', 0, 0, {}]])]),
      'layer "y" (Dense) of m.json: its inputs depend on its own output: the graph has a loop',
    ],
    ['a layer that feeds itself', graph([x, dense('y', [['y', 0, 0, {}]])]), 'the graph has a loop'],
    [
      'an input that there is none of',
      graph([x, dense('y', [['z', 0, 0, {}]])]),
      'layer "y" (Dense) of m.json: its input ["z",0,0] is no call of a layer in the graph',
    ],
    [
      'a call that there is none of',
      graph([x, dense('z', [['x', 0, 0, {}]]), dense('y', [['z', 3, 0, {}]])]),
      'its input ["z",3,0] is no call of a layer in the graph',
    ],
    [
      'an output that there is none of',
      graph([x, dense('z', [['x', 0, 0, {}]]), dense('y', [['z', 0, 1, {}]])]),
      'layer "y" (Dense) of m.json: there is no output 1 of layer "z", which has 1',
    ],
    [
      'a model output that there is none of',
      graph([x, dense('y', [['x', 0, 0, {}]])], [['z', 0, 0]]),
      'Functional "g" of m.json: output_layers names layer "z", which is not among its layers',
    ],
    [
      'a model output of a call that there is none of',
      graph([x, dense('y', [['x', 0, 0, {}]])], [['y', 1, 0]]),
      'Functional "g" of m.json: its output ["y",1,0] is no call of a layer in the graph',
    ],
    [
      'a malformed node',
      graph([x, dense('y', [[3]])]),
      'layer "y" (Dense) of m.json: inbound_nodes must hold ["layer", node, tensor, {...}], got 3',
    ],
    [
      'inbound nodes that are no list',
      graph([x, { ...dense('y'), inbound_nodes: 3 }]),
      'inbound_nodes must be a list, got 3',
    ],
    [
      'malformed outputs',
      graph([x, dense('y', [['x', 0, 0, {}]])], 'y'),
      'output_layers must hold ["layer", node, tensor], got "y"',
    ],
    [
      'an unknown option',
      [stack([null, 3]), { custom: {} }],
      'options has the unknown key "custom"; did you mean customLayers or customInitializers? Known keys: what, customLayers, customInitializers',
    ],
    [
      'a hook that is none',
      [stack([null, 3]), { customLayers: { Foo: 3 } }],
      'options.customLayers["Foo"] must be a function, got 3',
    ],
    [
      'what a hook returns',
      [stack([null, 3], layer('Foo')), { customLayers: { Foo: () => 3 } }],
      'layer "foo" (Foo) of m.json: its hook must return {weights, outputShape}, got 3',
    ],
    [
      "a hook's shape",
      [stack([null, 3], layer('Foo')), { customLayers: { Foo: () => ({ outputShape: [-1] }) } }],
      'its hook must return an outputShape of sizes and nulls, or a list of such, got [-1]',
    ],
    [
      "a hook's weight",
      [
        stack([null, 3], layer('Foo')),
        { customLayers: { Foo: () => ({ weights: [{ name: 'w', shape: [-1], initializer: 'ones' }] }) } },
      ],
      'weight "w": shape[0] must be an integer in [0, 2^53), got -1',
    ],
  ])('%s', (_, given, message) => {
    const [source, options] = Array.isArray(given) ? given : [given];
    let thrown: unknown;
    try {
      read(source, options);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ArgumentError);
    expect((thrown as Error).message).toContain(message);
    expect((thrown as Error).message).not.toContain('\n');
  });
});

describe('hooks', () => {
  it('stand for layers: weights, shapes, and code', () => {
    const seen: unknown[] = [];
    const model = read(
      stack(
        [null, 3],
        layer('Foo', { name: 'f', width: 5 }),
        lambda,
        layer('Dense', { name: 'd', units: 2 }),
      ),
      {
        customLayers: {
          Foo: ({ width }, shapes) => {
            seen.push(shapes);
            return {
              weights: [
                { name: 'w', shape: [shapes[0][1]!, width], initializer: 'he_normal' },
                { name: 'n', shape: [], initializer: 'zeros', trainable: false },
              ],
              outputShape: [shapes[0][0], width],
            };
          },
          Lambda: (_, [shape]) => ({ outputShape: [...shape.slice(0, -1), 7] }),
        },
      },
    );
    expect(seen[0]).toEqual([[null, 3]]);
    expect(model.weights.map(({ name, shape, trainable }) => [name, shape, trainable])).toEqual([
      ['f/w', [3, 5], true],
      ['f/n', [], false],
      ['d/kernel', [7, 2], true],
      ['d/bias', [2], true],
    ]);
  });

  it('stand for initializers', () => {
    const model = read(
      stack(
        [null, 3],
        layer('Dense', {
          units: 4,
          kernel_initializer: { class_name: 'Mine', config: { a: 2 }, registered_name: 'p>Mine' },
        }),
      ),
      {
        customInitializers: {
          'p>Mine': ({ a }, [rows]) => ({ class_name: 'RandomNormal', config: { stddev: a / rows } }),
        },
      },
    );
    expect(model.weights[0].initializer).toMatchObject({
      class_name: 'RandomNormal',
      config: { stddev: 2 / 3 },
    });
  });
});

describe('notes', () => {
  it('say what had no effect', () => {
    expect(
      read(stack([null, 3], layer('Dense', { name: 'd', units: 4, use_bais: false, dtype: 'float64' })))
        .notes,
    ).toEqual([
      'layer "d" (Dense): "use_bais" is not known and has no effect',
      'layer "d" (Dense): float64 is not available; its weights are described as float32',
    ]);
  });
});

describe('code between layers', () => {
  it('is no matter where no weight depends on its shape', () => {
    expect(
      read(stack([null, 3], layer('Dense', { units: 4 }), lambda, layer('Dropout', { rate: 0.5 }))).summary(
        quiet,
      ),
    ).toContain('│ code (Lambda)');
  });

  it('gives way to what the file says about shapes', () => {
    const dense = layer('Dense', { name: 'd', units: 2 }, { build_config: { input_shape: [null, 6] } });
    expect(read(stack([null, 3], lambda, dense)).weights[0].shape).toEqual([6, 2]);
  });
});

it('reads ten thousand layers, one fed by all, in any order', () => {
  const names = Array.from({ length: 10_000 }, (_, i) => `n${i}`);
  const layers = [
    call(
      'Concatenate',
      'y',
      {},
      names.map((name) => [name, 0, 0, {}]),
    ),
    ...names.map((name, i) => dense(name, [[i % 2 ? names[i - 1] : 'x', 0, 0, {}]])).reverse(),
    x,
  ];
  const model = read(JSON.stringify(graph(layers)));
  expect(model.weights.length).toBe(20_000);
  expect(model.layers[0].outputShape).toEqual([null, 20_000]);
  expect(read(model.toJson()).weights.length).toBe(20_000);
});
