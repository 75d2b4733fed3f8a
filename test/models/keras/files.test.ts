import { readFileSync } from 'node:fs';
import { unzipSync, zipSync } from 'fflate';
import * as h5wasm from 'h5wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { sourceOf } from '../../../src/formats/byte_source';
import { withHdf5 } from '../../../src/formats/hdf5';
import {
  bytesToRead,
  describeModel,
  initModel,
  kerasModel,
  loadHdf5,
  needsRules,
  parseModel,
  rulesTemplate,
} from '../../../src/models';
import { readArchive, readHdf5 } from '../../../src/models/keras_file';

const file = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`files/${name}`, import.meta.url)));
const LEGACY = [
  'memory/lstm_cell/kernel 2,8',
  'memory/lstm_cell/recurrent_kernel 2,8',
  'memory/lstm_cell/bias 8',
  'head/kernel 2,1',
  'head/bias 1',
];
const places = (root: string): string[] => [
  `${root}/dense/vars/0 2,1`,
  `${root}/dense/vars/1 1`,
  `${root}/lstm/cell/vars/0 2,8`,
  `${root}/lstm/cell/vars/1 2,8`,
  `${root}/lstm/cell/vars/2 8`,
];
const rows = (tensors: readonly { name: string; shape: readonly number[] }[]): string[] =>
  tensors.map(({ name, shape }) => `${name} ${shape.join()}`);

/** An HDF5 file that h5wasm writes. */
async function written(write: (root: h5wasm.File) => void): Promise<Uint8Array> {
  const { FS } = await h5wasm.ready;
  const root = new h5wasm.File('/written.h5', 'w');
  write(root);
  root.close();
  const bytes = FS.readFile('/written.h5');
  FS.unlink('/written.h5');
  return bytes;
}

it('initModel loads the reader of HDF5 files itself', async () => {
  const model = await initModel(file('keras3.h5'), { seed: 1, backend: 'cpu' });
  expect(model.weights).toHaveLength(5);
  model.destroy();
});

describe('with the reader of HDF5 files', () => {
  beforeAll(() => loadHdf5());

  it.each([
    ['keras2.h5', '2.12.0'],
    ['keras3.h5', '3.15.1'],
  ])('%s describes its model and lists its weights', (name, version) => {
    const { root, manifest, notes } = readHdf5(name, sourceOf(file(name)));
    expect(root).toBeInstanceOf(Map);
    expect((root as Map<string, unknown>).get('keras_version')).toBe(version);
    expect(rows(manifest)).toEqual(LEGACY);
    expect(notes).toEqual([]);
    const model = describeModel(file(name));
    expect(rows(model.tensors)).toEqual(LEGACY);
    expect(model.name).toBe('small');
    expect(model.tensors[1].initializer).toMatchObject({ class_name: 'Orthogonal' });
    expect(needsRules(name, file(name))).toBe(false);
  });

  it('gives the model of its JSON, and the same values', async () => {
    const bytes = file('keras3.h5');
    const config = withHdf5('m.h5', sourceOf(bytes), (hdf5) => hdf5.texts('', 'model_config')![0]);
    const fromJson = describeModel(config).tensors;
    expect(describeModel(bytes).tensors.map(({ shape, initializer }) => [shape, initializer])).toEqual(
      fromJson.map(({ shape, initializer }) => [shape, initializer]),
    );
    const values = async (source: Uint8Array | string): Promise<number[][]> => {
      const model = await initModel(source, { seed: 7, backend: 'cpu' });
      const arrays = (await model.getWeights()).map((one) => [...one].map(Number));
      model.destroy();
      return arrays;
    };
    expect(await values(bytes)).toEqual(await values(config));
  });

  it.each([
    ['keras2.keras', '2.12.0', '_layer_checkpoint_dependencies'],
    ['keras30.keras', '3.0.5', 'layers'],
    ['keras3.keras', '3.15.1', 'layers'],
  ])('%s has the version of its metadata and the places of its weights', (name, version, root) => {
    const found = readArchive(name, sourceOf(file(name)));
    expect((found.root as Map<string, unknown>).get('keras_version')).toBe(version);
    expect(rows(found.manifest)).toEqual(places(root));
    expect(found.notes).toEqual([]);
    expect(rows(describeModel(file(name)).tensors)).toEqual(LEGACY);
    // Packed weights are unpacked.
    const packed = zipSync(unzipSync(file(name)), { level: 9 });
    expect(rows(readArchive(name, sourceOf(packed)).manifest)).toEqual(places(root));
  });

  it('a .keras file with damaged weights or metadata is a model all the same', () => {
    const entries = unzipSync(file('keras3.keras'));
    entries['model.weights.h5'] = entries['model.weights.h5'].slice(0, 3000);
    entries['metadata.json'] = new Uint8Array([1]);
    const { tensors, notes } = describeModel(zipSync(entries));
    expect(tensors).toHaveLength(5);
    expect(notes.join()).toContain(
      'the names follow from the configuration, since the weights in the model cannot be read: ' +
        'model.weights.h5 in the model is a damaged HDF5 file',
    );
  });

  it.each(['keras2_legacy_weights.h5', 'keras3_legacy_weights.h5'])('%s needs rules', (name) => {
    const bytes = file(name);
    expect(needsRules(name, bytes)).toBe(true);
    expect(() => parseModel(name, bytes)).toThrow(
      `${name} has names and shapes, but no initializers: it needs rules`,
    );
    const { tensors, notes } = parseModel(name, bytes, { rules: 'keras' });
    expect(rows(tensors)).toEqual(LEGACY);
    expect(tensors.map(({ initializer }) => initializer)).toEqual([
      'glorot_uniform',
      'orthogonal',
      'zeros',
      'glorot_uniform',
      'zeros',
    ]);
    expect(notes).toContain(
      "biases of LSTMs are zeros, such as memory/lstm_cell/bias, where Keras's default has ones for the forget gate",
    );
    expect(rulesTemplate(name, bytes, { rules: 'keras' }).template.length).toBeGreaterThan(1);
  });

  it.each(['keras30.weights.h5', 'keras3.weights.h5'])('%s lists places, for rules by globs', (name) => {
    const rules = [
      { pattern: 'layers/*/vars/1', rank: 2, initializer: 'orthogonal' },
      { pattern: 'layers/*/vars/0', initializer: 'he_normal' },
      { pattern: '*', initializer: 'zeros' },
    ];
    const { tensors } = describeModel(file(name), { rules });
    expect(rows(tensors)).toEqual(places('layers'));
    expect(tensors.map(({ initializer }) => initializer)).toEqual([
      'he_normal',
      'zeros',
      'he_normal',
      'orthogonal',
      'zeros',
    ]);
    expect(() => describeModel(file(name), { rules: 'keras' })).toThrow('no rule matches 5 tensors');
  });

  it.each([
    ['keras2_split_names.h5', ''],
    ['keras3_split_names.h5', 'sequential/'],
  ])('%s has lists of names in parts', (name, prefix) => {
    expect(readHdf5(name, sourceOf(file(name))).manifest.map((one) => one.name)).toEqual(
      [0, 1, 2].flatMap((i) => [`${prefix}dense_${i}/kernel`, `${prefix}dense_${i}/bias`]),
    );
  });

  it('reads a configuration above 64 kB, names that are not ASCII, and types', async () => {
    const title = 'ö'.repeat(40_000);
    const config = JSON.stringify({
      class_name: 'Sequential',
      config: {
        name: 'm',
        title,
        layers: [{ class_name: 'Dense', config: { name: 'größe', units: 1, batch_input_shape: [null, 2] } }],
      },
    });
    const bytes = await written((root) => {
      root.create_attribute('model_config', config);
      const layer = root.create_group('model_weights').create_group('größe');
      (root.get('model_weights') as h5wasm.Group).create_attribute('layer_names', ['größe'], [1], 'S16');
      layer.create_attribute('weight_names', ['größe/kernel:0', 'größe/bias:0'], [2], 'A16');
      const group = layer.create_group('größe');
      group.create_dataset({ name: 'kernel:0', data: [0, 0], shape: [2, 1], dtype: '<f' });
      group.create_dataset({ name: 'bias:0', data: [0], shape: [1], dtype: '<d' });
    });
    const { manifest, root } = readHdf5('m.h5', sourceOf(bytes));
    expect(JSON.stringify((root as Map<string, any>).get('config').get('title'))).toBe(JSON.stringify(title));
    expect(manifest).toMatchObject([
      { name: 'größe/kernel', shape: [2, 1], dtype: 'F32' },
      { name: 'größe/bias', shape: [1], dtype: 'F64' },
    ]);
    expect(describeModel(bytes).tensors.map(({ name }) => name)).toEqual(['größe/kernel', 'größe/bias']);
  });

  it('reads only what it needs of a large file', async () => {
    const bytes = await written((root) => {
      for (let i = 0; i < 4; i++)
        root
          .create_group(`layers_${i}`)
          .create_group('vars')
          .create_dataset({ name: '0', data: new Float32Array(500_000), shape: [1000, 500], dtype: '<f' });
    });
    let read = 0;
    const counted = {
      byteLength: bytes.length,
      read(start: number, length: number) {
        read += length;
        return bytes.subarray(start, start + length);
      },
    };
    expect(rows(readHdf5('m.weights.h5', counted).manifest)).toEqual(
      [0, 1, 2, 3].map((i) => `layers_${i}/vars/0 1000,500`),
    );
    expect(bytes.length).toBeGreaterThan(8_000_000);
    expect(read).toBeLessThan(100_000);
  });

  it('does not go round where groups hold one another, and follows no link out of the file', async () => {
    const bytes = await written((root) => {
      const group = root.create_group('layers');
      group
        .create_group('dense')
        .create_group('vars')
        .create_dataset({ name: '0', data: [0], dtype: '<f' });
      group.create_external_link('/other.h5', '/layers', 'out');
      root.create_hard_link('/', 'layers/again');
    });
    const run = (): unknown => readHdf5('m.weights.h5', sourceOf(bytes));
    expect(run).toThrow('m.weights.h5 has more than 64 groups in one another');
  });

  it('a damaged or foreign HDF5 file is refused in one line', async () => {
    const whole = file('keras3.h5');
    for (let i = 0; i < 60; i++) {
      const bytes = whole.slice(0, i % 3 === 0 ? 100 + i * 300 : whole.length);
      for (let k = 0; k < 8; k++)
        bytes[8 + ((i * 7919 + k * 104_729) % (bytes.length - 8))] = (i * 31 + k) % 256;
      try {
        describeModel(bytes);
      } catch (error) {
        expect((error as Error).name).toBe('ArgumentError');
        expect((error as Error).message).not.toContain('\n');
      }
    }
    const empty = await written((root) => void root.create_group('data'));
    expect(() => describeModel(empty)).toThrow(
      'the model is an HDF5 file without a model_config and without weights of Keras, so no model is in it',
    );
  });

  it('bytesToRead asks for all of a file, up to 1 GiB', () => {
    const first = file('keras3.h5').subarray(0, 9);
    expect(bytesToRead('m.h5', first, 20_000_000)).toBe(20_000_000);
    expect(() => bytesToRead('m.h5', first, 2 ** 31)).toThrow(
      'm.h5 has 2147483648 bytes, more than 1073741824',
    );
  });

  it('loadHdf5 takes the package, and nothing else', async () => {
    await loadHdf5(h5wasm);
  });
});

describe('JSON in a JSON string', () => {
  const dense = { class_name: 'Dense', config: { name: 'd', units: 4, batch_input_shape: [null, 3] } };
  const text = JSON.stringify({ class_name: 'Sequential', config: { name: 'm', layers: [dense] } });
  const once = JSON.stringify(text);
  const twice = JSON.stringify(once);

  it('is read as text, bytes, parsed JSON and Keras model', () => {
    const expected = describeModel(text).tensors;
    const bytes = (one: string): Uint8Array => new TextEncoder().encode(one);
    for (const one of [once, twice, ` ${once}\n`]) {
      expect(describeModel(one).tensors).toEqual(expected);
      expect(describeModel(JSON.parse(one) as string).tensors).toEqual(expected);
      expect(parseModel('m.json', bytes(one)).tensors).toEqual(expected);
      expect(kerasModel(one).weights.map(({ name }) => name)).toEqual(['d/kernel', 'd/bias']);
    }
  });

  it('is refused where it is nested further, or is no model', () => {
    expect(() => describeModel(JSON.stringify(JSON.stringify(twice)))).toThrow('must hold an object');
    expect(() => describeModel('"gpt2"')).toThrow('the model must hold an object with "tensors", got "gpt2"');
  });
});
