import { zipSync } from 'fflate';
import keras3 from '../../models/keras/keras3.json';
import { type Tree, treeOf } from './tree';

/** A file as the library is given it, with what it needs beside it. */
export interface Packed {
  readonly file: Uint8Array;
  /** Files in the same folder, by their names. */
  readonly beside: ReadonlyMap<string, Uint8Array>;
  /** A file with rules. */
  readonly rules?: Uint8Array;
}

/** A valid file of a kind that the project reads. */
export interface Sample {
  readonly name: string;
  /** The JSON that it is made of. */
  readonly documents: readonly Tree[];
  /** Makes a file of the texts of the documents. */
  pack(texts: readonly Uint8Array[]): Packed;
}

const HEADER = {
  __metadata__: { format: 'pt' },
  'fc.weight': { dtype: 'F32', shape: [4, 3], data_offsets: [0, 48] },
  'fc.bias': { dtype: 'BF16', shape: [4], data_offsets: [48, 56] },
  'norm.weight': { dtype: 'F16', shape: [2], data_offsets: [56, 60] },
};
const INDEX = {
  metadata: { total_size: 56 },
  weight_map: {
    'fc.weight': 'model-00001-of-00002.safetensors',
    'fc.bias': 'model-00002-of-00002.safetensors',
  },
};
const SHARDS = [
  { 'fc.weight': { dtype: 'F32', shape: [4, 3], data_offsets: [0, 48] } },
  { 'fc.bias': { dtype: 'BF16', shape: [4], data_offsets: [0, 8] } },
];
const MODEL = {
  name: 'small',
  tensors: [
    { name: 'dense/kernel', shape: [3, 4], initializer: 'glorot_uniform', dtype: 'float16' },
    {
      name: 'dense/bias',
      shape: [7],
      initializer: [
        { shape: [3], initializer: 'zeros' },
        { shape: [4], initializer: { class_name: 'RandomNormal', config: { stddev: 0.02 } } },
      ],
    },
    { name: 'words', shape: [2, 2], initializer: 'bits', dtype: 'uint32' },
    { name: 'q', shape: [3, 3], initializer: { class_name: 'Orthogonal', config: { gain: 2 } } },
  ],
};
const RULES = [
  { pattern: '**.norm.*', skip: true, optional: true },
  { pattern: '**.bias', initializer: 'zeros', optional: true },
  { pattern: '**.weight', minRank: 2, initializer: 'he_normal', layout: 'torch', padding: 0 },
  { pattern: '**', initializer: { class_name: 'Constant', config: { value: 1 } } },
  'torch',
];
const KERAS2 = {
  class_name: 'Sequential',
  config: [
    {
      class_name: 'Conv2D',
      config: { name: 'conv', filters: 8, kernel_size: [3, 3], batch_input_shape: [null, 28, 28, 1] },
    },
    { class_name: 'Flatten', config: { name: 'flat' } },
    {
      class_name: 'Dense',
      config: {
        name: 'dense',
        units: 10,
        kernel_initializer: {
          class_name: 'VarianceScaling',
          config: { scale: 1, mode: 'fan_avg', distribution: 'uniform', seed: null },
        },
      },
    },
  ],
  keras_version: '2.2.4',
  backend: 'tensorflow',
};

const NOTHING_BESIDE: ReadonlyMap<string, Uint8Array> = new Map();
const DATA = new Uint8Array(64).map((_, i) => 37 * i);

/** A safetensors file: the length of the header, the header, the tensors. */
function safetensors(header: Uint8Array, dataBytes: number): Uint8Array {
  const bytes = new Uint8Array(8 + header.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  bytes.set(DATA.subarray(0, dataBytes), 8 + header.length);
  return bytes;
}

const plain = (name: string, json: unknown): Sample => ({
  name,
  documents: [treeOf(json)],
  pack: ([file]) => ({ file, beside: NOTHING_BESIDE }),
});

const kerasModels = keras3.models as readonly { readonly title: string; readonly json: object }[];

export const SAMPLES: readonly Sample[] = [
  {
    name: 'model.safetensors',
    documents: [treeOf(HEADER)],
    pack: ([header]) => ({ file: safetensors(header, 60), beside: NOTHING_BESIDE }),
  },
  plain('the JSON of a header', HEADER),
  {
    name: 'model.safetensors.index.json',
    documents: [INDEX, ...SHARDS].map(treeOf),
    pack: ([index, first, second]) => ({
      file: index,
      beside: new Map([
        ['model-00001-of-00002.safetensors', safetensors(first, 48)],
        ['model-00002-of-00002.safetensors', safetensors(second, 8)],
      ]),
    }),
  },
  {
    name: 'rules.json',
    documents: [treeOf(RULES)],
    pack: ([rules]) => ({
      file: safetensors(new TextEncoder().encode(JSON.stringify(HEADER)), 60),
      beside: NOTHING_BESIDE,
      rules,
    }),
  },
  plain('model.json', MODEL),
  plain('the JSON of Keras 2', KERAS2),
  plain('the model.json of TensorFlow.js', {
    format: 'layers-model',
    modelTopology: { keras_version: '2.2.4', backend: 'tensorflow', model_config: KERAS2 },
    weightsManifest: [{ paths: ['group1-shard1of1.bin'], weights: [] }],
  }),
  plain('the JSON of Keras 2 in a JSON string', JSON.stringify(KERAS2)),
  plain('a graph model of TensorFlow.js', {
    format: 'graph-model',
    modelTopology: { node: [], library: {}, versions: {} },
    weightsManifest: [
      { paths: ['a.bin'], weights: [{ name: 'dense/kernel', shape: [4, 3], dtype: 'float32' }] },
    ],
  }),
  {
    name: 'model.keras',
    documents: [treeOf(kerasModels[0].json)],
    pack: ([config]) => ({
      file: zipSync({
        'metadata.json': new TextEncoder().encode('{"keras_version":"3.0.0"}'),
        'config.json': config,
        'model.weights.h5': DATA,
      }),
      beside: NOTHING_BESIDE,
    }),
  },
  ...kerasModels.map(({ title, json }) => plain(`Keras 3: ${title}`, json)),
];
