import { knownKeys } from '../core/check';
import { checkDtype } from '../core/dtype';
import { ArgumentError, show, within } from '../core/errors';
import { orKnown } from '../core/nearest';
import { elementCount, type Shape } from '../core/shape';
import { type Json, toPlain } from '../formats/json';
import { checkNames, MAX_TENSORS, type ModelDescription, type TensorDescription } from './description';
import { provideAll } from '../initializers/all';
import { type Filling, isParts, type Part, resolveFilling } from '../initializers/resolve';
import { refuseSeed } from './refuse_seed';

/**
 * Reads a model.json: `{"name"?, "tensors": [{"name", "shape", "initializer", "dtype"?, "streamName"?}]}`.
 * An initializer is an identifier, Keras's envelope or `{"class_name", "config"}`; or else it is a list of
 * parts `{"shape", "initializer"}`, which follow one another in the tensor.
 * @param file the file's name for messages
 * @throws ArgumentError, one line that names the tensor, for anything else
 */
export function parseModelJson(file: string, root: Map<string, Json>): ModelDescription {
  refuseUnknown(file, root, ['name', 'tensors']);
  const name = root.get('name');
  if (name !== undefined && typeof name !== 'string')
    throw new ArgumentError(`"name" in ${file} must be a string, got ${show(name)}`);
  const list = root.get('tensors');
  if (!Array.isArray(list)) throw new ArgumentError(`"tensors" in ${file} must be a list, got ${show(list)}`);
  if (list.length > MAX_TENSORS)
    throw new ArgumentError(`${file} has ${list.length} tensors, more than ${MAX_TENSORS}`);
  const tensors = list.map((json, i) => parseTensor(file, i, json));
  checkNames(file, tensors);
  return name === undefined ? { tensors } : { name, tensors };
}

function parseTensor(file: string, index: number, json: Json): TensorDescription {
  if (!(json instanceof Map))
    throw new ArgumentError(`tensors[${index}] of ${file} must be an object, got ${show(json)}`);
  const name = text(`"name" of tensors[${index}] of ${file}`, json.get('name'));
  const what = `tensor ${show(name)} of ${file}`;
  refuseUnknown(what, json, ['name', 'shape', 'initializer', 'dtype', 'streamName']);
  return within(what, () => {
    const shape = json.get('shape') as Shape | undefined;
    elementCount(shape as Shape);
    const initializer = parseFilling(json.get('initializer'));
    provideAll();
    if (isParts(initializer)) resolveFilling(initializer, shape as Shape);
    const dtype = json.get('dtype');
    const streamName = json.get('streamName');
    return {
      name,
      shape: shape as Shape,
      initializer,
      ...(dtype !== undefined && { dtype: checkDtype(dtype) }),
      ...(streamName !== undefined && { streamName: text('"streamName"', streamName) }),
    };
  });
}

function text(what: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new ArgumentError(`${what} must be a string that is not empty, got ${show(value)}`);
}

function parseFilling(json: Json | undefined): Filling {
  const filling = toPlain('"initializer"', json ?? null) as Filling;
  if (!isParts(filling)) refuseSeed(filling);
  else Array.from(filling, (part, i) => checkPart(`part ${i + 1}`, part));
  return filling;
}

function checkPart(what: string, part: Part): void {
  const { shape, initializer } = knownKeys(what, part, ['shape', 'initializer']) as unknown as Part;
  within(what, () => {
    elementCount(shape);
    refuseSeed(initializer);
  });
}

function refuseUnknown(what: string, object: Map<string, Json>, known: readonly string[]): void {
  for (const key of object.keys()) {
    if (!known.includes(key))
      throw new ArgumentError(`${what} has the unknown key ${show(key)}${orKnown(key, known, 'known keys')}`);
  }
}
