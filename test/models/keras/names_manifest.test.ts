import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { kerasModel, type ManifestEntry } from '../../../src/models';

const names = (model: { weights: readonly { name: string }[] }): string[] =>
  model.weights.map(({ name }) => name);

/** The model.json that TensorFlow.js makes of a model, and the names and shapes in it. */
async function saved(model: tf.LayersModel): Promise<{ json: any; listed: ManifestEntry[] }> {
  let artifacts: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(async (given) => {
      artifacts = given;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  const { modelTopology, weightSpecs, format, generatedBy } = artifacts!;
  const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
  return {
    json: JSON.parse(JSON.stringify({ modelTopology, format, generatedBy, weightsManifest })),
    listed: weightSpecs!.map(({ name, shape }) => ({ name, shape })),
  };
}

const l = tf.layers;

/** As Teachable Machine makes them: a Functional model in a Sequential in a Sequential. */
function teachable(): tf.LayersModel {
  const a = tf.input({ shape: [8, 8, 3] });
  const conv = l.conv2d({ name: 'Conv1', filters: 4, kernelSize: 3, useBias: false });
  const bn = l.batchNormalization({ name: 'bn_Conv1' });
  const depth = l.depthwiseConv2d({ name: 'depthwise', kernelSize: 3 });
  const inner = tf.model({
    inputs: a,
    outputs: depth.apply(bn.apply(conv.apply(a))) as tf.SymbolicTensor,
    name: 'model1',
  });
  const body = tf.sequential({ layers: [inner, l.globalAveragePooling2d({})] });
  const head = tf.sequential({
    layers: [l.dense({ units: 5, inputShape: [4] }), l.dense({ units: 3, useBias: false })],
  });
  return tf.sequential({ layers: [body, head] });
}

const recurrent = (): tf.LayersModel =>
  tf.sequential({
    layers: [
      l.lstm({ units: 2, unitForgetBias: true, inputShape: [4, 3], returnSequences: true }),
      l.bidirectional({
        layer: l.gru({ units: 2, returnSequences: true }) as tf.RNN,
        mergeMode: 'concat',
      } as any),
      l.timeDistributed({ layer: l.dense({ units: 2 }) }),
      l.rnn({ cell: [l.lstmCell({ units: 2, unitForgetBias: true }), l.gruCell({ units: 3 })] as any }),
      l.dense({ units: 1, name: 'out' }),
    ],
  });

describe('the weightsManifest of TensorFlow.js', () => {
  it.each([
    ['a model of Teachable Machine', teachable],
    ['recurrent layers', recurrent],
  ])('names the weights of %s', async (_, make) => {
    const { json, listed } = await saved(make());
    const model = kerasModel(json);
    const sorted = (rows: readonly ManifestEntry[]): string[] =>
      rows.map(({ name, shape }) => `${name} ${shape}`).sort();
    expect(sorted(model.weights)).toEqual(sorted(listed));
    expect(model.notes.filter((note) => /manifest|names/.test(note))).toEqual([]);
    const unique = names(kerasModel(json, { names: 'unique' }));
    expect(model.weights.map(({ name, streamName = name }) => streamName)).toEqual(unique);
    expect(names(kerasModel(JSON.stringify(json)))).toEqual(names(model));
  });

  it('gives Conv1/kernel its name, whatever it is nested in', async () => {
    const { json } = await saved(teachable());
    const [conv] = kerasModel(json).weights;
    expect(conv.name).toBe('Conv1/kernel');
    expect(conv.streamName).toMatch(/^sequential_\d+\/model1\/Conv1\/kernel$/);
    expect(conv.layer).toMatch(/^sequential_\d+\/model1\/Conv1$/);
  });
});

const layers = [
  { class_name: 'Dense', config: { name: 'dense', units: 4, batch_input_shape: [null, 3] } },
  { class_name: 'LSTM', config: { name: 'lstm', units: 2 } },
];
layers.splice(1, 0, { class_name: 'RepeatVector', config: { name: 'repeat', n: 3 } } as any);
const json = { class_name: 'Sequential', config: { name: 'm', layers }, keras_version: '2.4.0' };
const right: ManifestEntry[] = [
  { name: 'dense/kernel:0', shape: [3, 4] },
  { name: 'dense/bias:0', shape: [4] },
  { name: 'lstm/lstm_cell_7/kernel:0', shape: [4, 8] },
  { name: 'lstm/lstm_cell_7/recurrent_kernel:0', shape: [2, 8] },
  { name: 'lstm/lstm_cell_7/bias:0', shape: [8] },
];
const stripped = right.map(({ name }) => name.slice(0, -2));
const read = (manifest: unknown) => kerasModel(json, { manifest: manifest as ManifestEntry[] });

describe('a list of weights', () => {
  it('names them, whatever number their cells have in it', () => {
    const model = read(right);
    expect(names(model)).toEqual(stripped);
    expect(model.notes).toEqual([]);
    expect(names(read([...right].reverse()))).toEqual(stripped);
  });

  it('may have a prefix, which is part of the names', () => {
    const prefixed = right.map(({ name, shape }) => ({ name: `model/${name}`, shape }));
    expect(names(read(prefixed))).toEqual(stripped.map((name) => `model/${name}`));
    const some = right.map(({ name, shape }, i) => ({ name: i < 2 ? `model/${name}` : name, shape }));
    expect(names(read(some))).toEqual(stripped.map((name, i) => (i < 2 ? `model/${name}` : name)));
  });

  it('may have names that say nothing, if shapes and order fit', () => {
    const other = right.map(({ shape }, i) => ({ name: `tensor${i}`, shape }));
    expect(names(read(other))).toEqual(['tensor0', 'tensor1', 'tensor2', 'tensor3', 'tensor4']);
  });

  it('may have the variables of an optimizer, which a note counts', () => {
    const slots = [
      { name: 'Adam/iter:0', shape: [] },
      { name: 'Adam/dense/kernel/m:0', shape: [3, 4] },
      { name: 'training/Adam/dense/bias/v:0', shape: [4] },
    ];
    const model = read([...slots, ...right]);
    expect(names(model)).toEqual(stripped);
    expect(model.notes).toEqual([
      "entries of the manifest that are an optimizer's, 3: Adam/iter, Adam/dense/kernel/m, training/Adam/dense/bias/v",
    ]);
  });

  it('does not name what it does not fit, and notes say so', () => {
    const wrong = right.map((entry, i) => (i === 0 ? { ...entry, shape: [4, 3] } : entry));
    const model = read([...wrong, { name: 'extra/kernel', shape: [1, 2, 3] }]);
    expect(names(model)).toEqual(['dense/kernel', ...stripped.slice(1)]);
    expect(model.notes).toEqual([
      'weight "dense/kernel" has the shape [3,4], but [4,3] in the manifest',
      'entries of the manifest that no weight of the model fits, 1: extra/kernel',
    ]);
    const short = read(right.slice(0, 2));
    expect(names(short)).toEqual([
      'dense/kernel',
      'dense/bias',
      'lstm/lstm_cell/kernel',
      'lstm/lstm_cell/recurrent_kernel',
      'lstm/lstm_cell/bias',
    ]);
    expect(short.notes).toEqual([
      'weights that are not in the manifest and keep the names that follow from the layers, 3: ' +
        'lstm/lstm_cell/kernel, lstm/lstm_cell/recurrent_kernel, lstm/lstm_cell/bias',
    ]);
  });

  it('never keeps a model from being read', () => {
    const names5 = names(kerasModel(json));
    for (const junk of [
      null,
      7,
      'manifest',
      {},
      [null],
      [{ name: 7, shape: [] }],
      [{ name: '__metadata__', shape: [3, 4] }],
      [{ name: '', shape: [3, 4] }],
      [{ name: ':0', shape: [3, 4] }],
      [{ name: '\ud800', shape: [3, 4] }],
      [{ name: 'dense/kernel', shape: [3, '4'] }],
      [{ name: 'a'.repeat(2000), shape: [3, 4] }],
      Array.from({ length: 5 }, (_, i) => ({ name: `layers/dense/vars/${i}`, shape: [4] })),
    ])
      expect(names(read(junk))).toEqual(names5);
    expect(read([null]).notes).toEqual(['entries of the manifest that cannot be read: 1']);
    expect(names(kerasModel({ modelTopology: json, weightsManifest: [{ weights: 7 }, 3] }))).toEqual(names5);
  });

  it('gives no name twice', () => {
    const twice = right.map(({ shape }) => ({ name: 'same', shape }));
    expect(new Set(names(read(twice))).size).toBe(5);
    // The name of one is the unique path of another.
    const swapped = [
      { name: 'dense/bias', shape: [3, 4] },
      { name: 'x', shape: [4] },
      { name: 'x', shape: [4, 8] },
      { name: 'y', shape: [2, 8] },
      { name: 'z', shape: [8] },
    ];
    expect(new Set(names(read(swapped))).size).toBe(5);
  });

  it('costs no more than its length, whatever its names are', () => {
    const many = Array.from({ length: 100_000 }, (_, i) => ({
      name: `${i}/lstm/lstm_cell/kernel`,
      shape: [4, 8],
    }));
    const long = Array.from({ length: 5000 }, (_, i) => ({ name: `${i}${'/a'.repeat(490)}`, shape: [4] }));
    const start = performance.now();
    read(many);
    read(long);
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
