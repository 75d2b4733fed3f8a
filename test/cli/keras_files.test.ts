import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { loadHdf5, modelFile, parseModel } from '../../src/models';
import { workspace } from './tensorseed';

const work = workspace();
const files = fileURLToPath(new URL('../models/keras/files/', import.meta.url));
const CPU = ['--seed', '42', '--backend', 'cpu', '--out', 'o.safetensors'];

it.each([
  ['keras3.h5', {}],
  ['keras3.keras', {}],
  ['keras2_legacy_weights.h5', { rules: 'keras' }],
])('init reads %s in parts, as the library reads its bytes', async (name, options) => {
  copyFileSync(join(files, name), join(work.folder, name));
  const { code, stderr } = work.run(
    'init',
    name,
    ...Object.entries(options).flatMap(([k, v]) => [`--${k}`, v]),
    ...CPU,
  );
  expect(stderr).not.toContain('tensorseed: ');
  expect(code).toBe(0);
  await loadHdf5();
  const { header } = modelFile(parseModel(name, readFileSync(join(files, name)), options), { seed: 42 });
  expect(readFileSync(join(work.folder, 'o.safetensors')).subarray(0, header.length)).toEqual(
    Buffer.from(header),
  );
});

it('init names a folder with a SavedModel, and a damaged HDF5 file', () => {
  mkdirSync(join(work.folder, 'saved'));
  writeFileSync(join(work.folder, 'saved', 'saved_model.pb'), '');
  expect(work.run('init', 'saved', ...CPU)).toMatchObject({
    code: 2,
    stderr:
      'tensorseed: "saved" is a TensorFlow SavedModel, which has no initializers: load it in Keras and save it as .keras\n',
  });
  writeFileSync(join(work.folder, 'cut.h5'), readFileSync(join(files, 'keras3.h5')).subarray(0, 4000));
  const { code, stderr } = work.run('init', 'cut.h5', ...CPU);
  expect(stderr).toBe('tensorseed: cut.h5 is a damaged HDF5 file, or is cut off\n');
  expect(code).toBe(2);
});
