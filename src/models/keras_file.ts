import { ArgumentError } from '../core/errors';
import type { ByteSource } from '../formats/byte_source';
import { hasHdf5 } from '../formats/hdf5';
import type { Json } from '../formats/json';
import type { StoredTensor } from './checkpoint';
import { kerasArchive } from './keras_archive';
import { readKerasHdf5 } from './keras_hdf5';
import { encoded, MAX_MODEL_BYTES, parseText } from './model_text';

/** What a .keras or .h5 file says about a model. */
export interface KerasFile {
  /** The JSON of the model; undefined where the file has weights alone. */
  readonly root: Json | undefined;
  /** The names and shapes of its weights, in its order; empty where they cannot be read. */
  readonly manifest: readonly StoredTensor[];
  /** What the user of the model should know, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Reads an HDF5 file of Keras.
 * @throws Hdf5NotLoadedError where its reader is not loaded
 * @throws ArgumentError where it cannot be read
 */
export function readHdf5(file: string, source: ByteSource): KerasFile {
  const { config, version, tensors } = readKerasHdf5(file, source);
  const what = `the model_config of ${file}`;
  const root = config === undefined ? undefined : parseText(what, encoded(what, config, MAX_MODEL_BYTES));
  return { root: withVersion(root, version), manifest: tensors, notes: [] };
}

/**
 * Reads a .keras file. Its weights are read where the reader of HDF5 files is loaded. No Keras up to 3.15 writes the
 * names of variables there, but places such as "layers/dense/vars/0", so that names do not depend on it.
 * @throws ArgumentError where its config.json cannot be read
 */
export function readArchive(file: string, source: ByteSource): KerasFile {
  const { config, metadata, weights } = kerasArchive(file, source, MAX_MODEL_BYTES);
  const root = withVersion(
    parseText(file, config),
    attempt(() => versionIn(file, metadata())),
  );
  try {
    const found = weights();
    if (found === undefined || !hasHdf5()) return { root, manifest: [], notes: [] };
    return { root, manifest: readKerasHdf5(`model.weights.h5 in ${file}`, found).tensors, notes: [] };
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    return {
      root,
      manifest: [],
      notes: [
        `the names follow from the configuration, since the weights in ${file} cannot be read: ${error.message}`,
      ],
    };
  }
}

/** The result; undefined where something cannot be read. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ArgumentError) return undefined;
    throw error;
  }
}

/** The version of Keras in a metadata.json. */
function versionIn(file: string, metadata: Uint8Array | undefined): string | undefined {
  if (metadata === undefined) return undefined;
  const json = parseText(`metadata.json in ${file}`, metadata);
  const version = json instanceof Map ? json.get('keras_version') : undefined;
  return typeof version === 'string' ? version : undefined;
}

/** The JSON of a model with the version of Keras that wrote it, where it does not say that itself. */
function withVersion(root: Json | undefined, version: string | undefined): Json | undefined {
  if (!(root instanceof Map) || version === undefined || root.has('keras_version')) return root;
  return new Map([...root, ['keras_version', version]]);
}
