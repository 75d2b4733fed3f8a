import { checkDtype, type Dtype } from '../dtype';
import { ArgumentError, show } from '../errors';
import { decodeUtf8, parseJson, toPlain, type Json } from '../formats/json';
import { elementCount, type Shape } from '../shape';
import { configuredSeed, type InitializerSource, makeInitializer } from './initializer_source';
import type { Filling } from './parts';

/** One tensor of a model: what it is called, how large it is and how it is filled. */
export interface TensorDescription {
  readonly name: string;
  readonly shape: Shape;
  readonly initializer: Filling;
  /** The element type, where the tensor has one of its own. */
  readonly dtype?: Dtype;
}

/** A model as a list of named tensors. */
export interface ModelDescription {
  readonly name?: string;
  readonly tensors: readonly TensorDescription[];
}

export const MAX_MODEL_BYTES = 16 * 2 ** 20;
const MAX_TENSORS = 100_000;
const KERAS_MODELS = ['Sequential', 'Functional', 'Model'];

/**
 * Reads a model.json: `{"name"?, "tensors": [{"name", "shape", "initializer", "dtype"?}]}`, where
 * an initializer is an identifier, Keras's envelope, or `{"class_name", "config"}`.
 * @param file the file's name for messages
 * @throws ArgumentError, one line that names the tensor, on anything else
 */
export function parseModel(file: string, bytes: Uint8Array): ModelDescription {
  if (bytes.length > MAX_MODEL_BYTES) throw new ArgumentError(`${file} has ${bytes.length} bytes, more than ${MAX_MODEL_BYTES} for a model`);
  const root = parseJson(file, decodeUtf8(file, bytes));
  if (!(root instanceof Map)) throw new ArgumentError(`${file} must hold an object with "tensors", got ${show(root)}`);
  const className = root.get('class_name');
  if (KERAS_MODELS.includes(className as string)) {
    throw new ArgumentError(`${file} is a Keras ${className as string} model, which is not supported yet: list its weights under "tensors"`);
  }
  refuseUnknown(file, root, ['name', 'tensors']);
  const name = root.get('name');
  if (name !== undefined && typeof name !== 'string') throw new ArgumentError(`"name" in ${file} must be a string, got ${show(name)}`);
  const list = root.get('tensors');
  if (!Array.isArray(list)) throw new ArgumentError(`"tensors" in ${file} must be a list, got ${show(list)}`);
  if (list.length > MAX_TENSORS) throw new ArgumentError(`${file} has ${list.length} tensors, more than ${MAX_TENSORS}`);
  const tensors = list.map((json, i) => parseTensor(file, i, json));
  const seen = new Set<string>();
  for (const tensor of tensors) {
    if (seen.has(tensor.name)) throw new ArgumentError(`${file} has two tensors named ${show(tensor.name)}`);
    seen.add(tensor.name);
  }
  return name === undefined ? { tensors } : { name, tensors };
}

function parseTensor(file: string, index: number, json: Json): TensorDescription {
  if (!(json instanceof Map)) throw new ArgumentError(`tensors[${index}] of ${file} must be an object, got ${show(json)}`);
  const name = json.get('name');
  if (typeof name !== 'string' || name === '') {
    throw new ArgumentError(`"name" of tensors[${index}] of ${file} must be a string that is not empty, got ${show(name)}`);
  }
  const what = `tensor ${show(name)} of ${file}`;
  refuseUnknown(what, json, ['name', 'shape', 'initializer', 'dtype']);
  return inTensor(what, () => {
    const shape = json.get('shape') as Shape | undefined;
    elementCount(shape as Shape);
    const initializer = toPlain('"initializer"', json.get('initializer') ?? null) as InitializerSource;
    // Two tensors with one seed would share a stream, and --seed would not reach them.
    const seed = configuredSeed(makeInitializer(initializer));
    if (seed !== undefined) throw new ArgumentError(`its initializer has the seed ${show(seed)}; tensors of a model take theirs from the model's seed and their names, so remove it`);
    const dtype = json.get('dtype');
    const described = { name, shape: shape as Shape, initializer };
    return dtype === undefined ? described : { ...described, dtype: checkDtype(dtype) };
  });
}

/** Runs `body`; an ArgumentError from it says which tensor it is about. */
export function inTensor<T>(what: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof ArgumentError) throw new ArgumentError(`${what}: ${error.message}`);
    throw error;
  }
}

function refuseUnknown(what: string, object: Map<string, Json>, known: readonly string[]): void {
  for (const key of object.keys()) {
    if (!known.includes(key)) throw new ArgumentError(`${what} has the unknown key ${show(key)}; known keys: ${known.join(', ')}`);
  }
}
