import { ArgumentError } from '../core/errors';
import type { ByteSource } from '../formats/byte_source';
import { type Hdf5File, withHdf5 } from '../formats/hdf5';
import { listedTensor, type StoredTensor } from './checkpoint';
import { MAX_TENSORS } from './description';

/** What an HDF5 file of Keras says without the values of its weights. */
export interface KerasHdf5 {
  /** The JSON of the model, where the file has it: `model.save('model.h5')` writes it, `save_weights` does not. */
  readonly config: string | undefined;
  /** The version of Keras that wrote the file, where it says so. */
  readonly version: string | undefined;
  /**
   * The model's variables. In the format that Keras calls legacy they have the names and the order of its lists,
   * without ":0". In a .weights.h5 they have their paths, such as "layers/dense/vars/0", in the order of these.
   */
  readonly tensors: readonly StoredTensor[];
}

/** The deepest groups in groups: a model in a model takes two or three. */
const MAX_DEPTH = 64;
/** Groups of a .weights.h5 that hold no weights of the model. */
const NOT_WEIGHTS = /^_?(optimizer|(compile_)?metrics|loss_tracker)$/;

/**
 * Reads a file that `model.save('….h5')` or `save_weights` wrote.
 * @param file the file's name for messages
 * @throws Hdf5NotLoadedError where the reader is not loaded
 * @throws ArgumentError where the file is damaged, or Keras did not write it
 * @see keras/src/legacy/saving/legacy_h5_format.py and keras/src/saving/saving_lib.py
 */
export function readKerasHdf5(file: string, source: ByteSource): KerasHdf5 {
  return withHdf5(file, source, (hdf5) => {
    const config = hdf5.texts('', 'model_config')?.[0];
    const root = hdf5.names('model_weights') === undefined ? '' : 'model_weights';
    const version = hdf5.texts(root, 'keras_version')?.[0] ?? hdf5.texts('', 'keras_version')?.[0];
    const layers = listOf(hdf5, root, 'layer_names');
    const tensors = layers === undefined ? variables(file, hdf5) : listed(file, hdf5, root, layers);
    if (tensors.length > MAX_TENSORS)
      throw new ArgumentError(`${file} has ${tensors.length} tensors, more than ${MAX_TENSORS}`);
    if (config === undefined && tensors.length === 0)
      throw new ArgumentError(
        `${file} is an HDF5 file without a model_config and without weights of Keras, so no model is in it`,
      );
    return { config, version, tensors };
  });
}

/** A list of names. A long one is split over attributes whose names end in 0, 1 and so on. */
function listOf(hdf5: Hdf5File, path: string, name: string): readonly string[] | undefined {
  const whole = hdf5.texts(path, name);
  if (whole !== undefined) return whole;
  const parts: string[] = [];
  for (let i = 0; ; i++) {
    const part = hdf5.texts(path, `${name}${i}`);
    if (part === undefined) return i === 0 ? undefined : parts;
    for (const one of part) parts.push(one);
  }
}

/** The variables that the lists of the legacy format name. A nested model is a layer there. */
function listed(file: string, hdf5: Hdf5File, root: string, layers: readonly string[]): StoredTensor[] {
  const tensors: StoredTensor[] = [];
  const own = [...layers, 'top_level_model_weights'];
  for (const layer of own) {
    const group = within(root, layer);
    for (const name of listOf(hdf5, group, 'weight_names') ?? []) {
      const dataset = hdf5.dataset(within(group, name));
      if (dataset?.dtype === undefined)
        throw new ArgumentError(`${file} lists ${JSON.stringify(name)}, but has no numbers under that name`);
      tensors.push(listedTensor(name.replace(/:0$/, ''), dataset.shape, dataset.dtype));
    }
  }
  return tensors;
}

/** The datasets in the groups "vars" of a .weights.h5. */
function variables(file: string, hdf5: Hdf5File): StoredTensor[] {
  const tensors: StoredTensor[] = [];
  const walk = (path: string, isVars: boolean, depth: number): void => {
    const names = hdf5.names(path);
    if (depth === 0 && names !== undefined)
      throw new ArgumentError(`${file} has more than ${MAX_DEPTH} groups in one another`);
    for (const name of [...(names ?? [])].sort(inOrder)) {
      if (path === '' && NOT_WEIGHTS.test(name)) continue;
      const inner = within(path, name);
      const dataset = isVars ? hdf5.dataset(inner) : undefined;
      if (dataset === undefined) walk(inner, name === 'vars', depth - 1);
      else if (dataset.dtype !== undefined) tensors.push(listedTensor(inner, dataset.shape, dataset.dtype));
    }
  };
  walk('', false, MAX_DEPTH);
  return tensors;
}

const within = (path: string, name: string): string => (path === '' ? name : `${path}/${name}`);

/** "dense_2" comes before "dense_10", and "9" before "10". */
function inOrder(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
