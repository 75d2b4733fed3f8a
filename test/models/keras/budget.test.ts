import { describe, expect, it } from 'vitest';
import { quiet } from '../../support/quiet';
import { ArgumentError } from '../../../src/core/errors';
import { kerasModel } from '../../../src/models/keras';

type Json = Record<string, any>;

const layer = (class_name: string, name: string, config: Json = {}): Json => ({
  class_name,
  config: { name, ...config },
});
const sequential = (shape: unknown, ...layers: Json[]): Json => ({
  class_name: 'Sequential',
  config: { name: 's', layers: [layer('InputLayer', 'x', { batch_shape: shape }), ...layers] },
});
const placed = (source: Json, ...inbound_nodes: unknown[]): Json => ({
  ...source,
  name: source.config.name,
  inbound_nodes,
});
const functional = (name: string, layers: Json[], outputs: unknown, inputs: unknown = [['x', 0, 0]]): Json =>
  layer('Functional', name, { layers, input_layers: inputs, output_layers: outputs });
const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

/** Functional models nested in one another, each of which calls its child twice, with inputs of other lengths. */
function doubling(depth: number): Json {
  let child = layer('ZeroPadding1D', 'leaf', { padding: 1 });
  for (let level = 0; level < depth; level++) {
    const input = layer('InputLayer', 'x', { batch_shape: [null, level === depth - 1 ? 5 : null, 1] });
    const { name } = child.config;
    const calls = placed(child, [['x', 0, 0, {}]], [[name, 0, 0, {}]]);
    child = functional(`m${level}`, [placed(input), calls], [[name, level === 0 ? 1 : 2, 0]]);
  }
  return child;
}

function nested(depth: number, wrapper: string, inner: Json): Json {
  let child = inner;
  for (let level = 0; level < depth; level++) child = layer(wrapper, `w${level}`, { layer: child });
  return child;
}

/** The only line of the error, which comes long before the test's time is over. */
function refusal(source: Json): string {
  const began = performance.now();
  let message = '';
  try {
    kerasModel(JSON.stringify(source), { what: 'm.json' });
  } catch (error) {
    expect(error).toBeInstanceOf(ArgumentError);
    ({ message } = error as Error);
  }
  expect(performance.now() - began).toBeLessThan(20_000);
  expect(message).not.toContain('\n');
  expect(message.length).toBeLessThan(400);
  return message;
}

const BUDGET = 'reading it takes more than 1000000 steps';

describe('a short file that asks for endless work is refused in one line', { timeout: 60_000 }, () => {
  it.each<[string, Json, string]>([
    ['models in models that double the calls', doubling(22), BUDGET],
    ['and deeper', doubling(40), BUDGET],
    [
      'Bidirectional in Bidirectional, which doubles the layers',
      sequential([null, 3, 4], nested(40, 'Bidirectional', layer('LSTM', 'l', { units: 1 }))),
      BUDGET,
    ],
    [
      'layers with ever more axes',
      sequential([null], ...times(80, (i) => layer('Embedding', `e${i}`, { input_dim: 2, output_dim: 2 }))),
      'layer "e63" (Embedding) of m.json: its output must have at most 64 axes, got 65',
    ],
    [
      'an input of many axes',
      sequential(
        times(1000, () => 1),
        layer('Dense', 'd', { units: 1 }),
      ),
      'layer "d" (Dense) of m.json: an input must have at most 64 axes, got 1000',
    ],
    [
      'a long name',
      sequential([null, 4], layer('Dense', 'd'.repeat(2_000_000), { units: 1 })),
      'must have at most 1000 characters, got 2000000',
    ],
    [
      'sizes whose product is beyond any number',
      sequential(
        [null, ...times(40, () => 2 ** 53 - 1)],
        layer('Flatten', 'f'),
        layer('Dense', 'd', { units: 2 }),
      ),
      'weight "kernel": shape[0] must be an integer in [0, 2^53), got 1.79',
    ],
    [
      'a dimension that is named twice',
      sequential([null, 2, 3], layer('Permute', 'p', { dims: times(200_000, () => 1) })),
      'dims must name each of the axes 1 to 2 once, got [1,1,',
    ],
  ])('%s', (_, source, message) => {
    expect(refusal(source)).toContain(message);
  });
});

describe('long files take linear time', { timeout: 60_000 }, () => {
  const N = 20_000;
  const within = (seconds: number, source: Json): ReturnType<typeof kerasModel> => {
    const began = performance.now();
    const model = kerasModel(source);
    expect(performance.now() - began).toBeLessThan(1000 * seconds);
    return model;
  };

  it('inputs by the ten thousand, which one call takes together', () => {
    const inputs = times(N, (i) => placed(layer('InputLayer', `x${i}`, { batch_shape: [null, 2] })));
    const add = placed(
      layer('Add', 'y'),
      times(N, (i) => [`x${i}`, 0, 0, {}]),
    );
    const model = within(10, functional('m', [...inputs, add], [['y', 0, 0]], []));
    expect(model.layers.at(-1)!.outputShape).toEqual([null, 2]);
    expect(kerasModel(model.toJson()).layers.length).toBe(N + 1);
  });

  it('cells by the ten thousand, all of one name', () => {
    const cells = times(N, () => layer('SimpleRNNCell', 'cell', { units: 1 }));
    const model = within(15, sequential([null, 3, 4], layer('RNN', 'r', { cell: cells })));
    expect(model.weights.length).toBe(3 * N);
    expect(model.weights[4].name).toBe('r/stacked_rnn_cells/cell_1/recurrent_kernel');
  });

  it('a layer that is called ten thousand times', () => {
    const calls = times(N, (i) => [[i === 0 ? 'x' : 'd', Math.max(0, i - 1), 0, {}]]);
    const layers = [
      placed(layer('InputLayer', 'x', { batch_shape: [null, 4] })),
      placed(layer('Dense', 'd', { units: 4 }), ...calls),
    ];
    const model = within(10, functional('m', layers, [['d', N - 1, 0]]));
    expect(model.countParams()).toBe(20);
    // The table shows the shape once, and not 20,000 times in each of its lines.
    expect(model.summary(quiet).length).toBeLessThan(2000);
  });
});

it('reads models that are nested deeply, and called often, as long as it takes few steps', () => {
  expect(kerasModel(doubling(12)).layers[1].outputShape).toEqual([null, 5 + 2 ** 12, 1]);
  const deep = sequential(
    [null, 3, 4],
    nested(6, 'Bidirectional', layer('LSTM', 'l', { units: 1, return_sequences: true })),
  );
  expect(kerasModel(deep).weights.length).toBe(3 * 2 ** 6);
});
