import { knownKeys } from '../../core/check';
import { ArgumentError, reading, show } from '../../core/errors';
import { clip } from '../../text/clip';
import { Budget } from './budget';
import { grouped } from '../../text/numbers';
import type { Context } from './context';
import type { CustomInitializer, CustomLayer, KerasModelOptions } from './hooks';
import type { Layer } from './layer';
import { makeLayer } from './make_layer';
import { readModel } from './read';

/** The most notes that are kept. What is beyond is counted. */
const MAX_NOTES = 10;

/**
 * The layer that a model's JSON describes, with its weights, and notes on what was read without effect.
 * @param inCode whether it is a Sequential that a program puts together, which may be empty at first
 * @throws ArgumentError as kerasModel
 */
export function load(
  source: string | object,
  options: KerasModelOptions,
  inCode = false,
): [Layer, readonly string[]] {
  const checked = knownKeys('options', options, ['what', 'customLayers', 'customInitializers']);
  const { what: given = 'the model' } = checked;
  if (typeof given !== 'string') throw new ArgumentError(`options.what must be a string, got ${show(given)}`);
  const what = clip(given, 200);
  const customLayers = hooksOf<CustomLayer>('customLayers', checked.customLayers);
  const customInitializers = hooksOf<CustomInitializer>('customInitializers', checked.customInitializers);
  const { source: root, generation } = readModel(what, source);
  const notes: string[] = [];
  let more = 0;
  const context: Context = {
    what,
    generation,
    customLayers,
    customInitializers,
    budget: new Budget(),
    note: (text) => void (notes.length < MAX_NOTES ? notes.push(text) : more++),
    make: (child, parent, name) => makeLayer(context, child, parent, name),
  };
  const layer = context.make(root, undefined);
  if (!layer.graph)
    throw new ArgumentError(
      `${what} must hold a Sequential or Functional model, got a ${clip(layer.className)}`,
    );
  const empty = layer.children.length === 0;
  if (empty && !inCode)
    throw new ArgumentError(
      `Sequential ${show(layer.name)} of ${what}: layers must hold a layer at least, got []`,
    );
  if (!empty && !layer.graph.inputShapes) {
    const wanted = inCode
      ? 'begin with layers.inputLayer({ shape }), or give the first layer an inputShape'
      : 'no InputLayer, no batch_input_shape in its first layer, no build_input_shape';
    throw new ArgumentError(
      `Sequential ${show(layer.name)} of ${what} has no input shape: ${wanted}; its weights' shapes depend on it`,
    );
  }
  const names = new Set<string>();
  for (const { name } of layer.weights) {
    if (names.has(name)) throw new ArgumentError(`${what} has two weights named ${show(name)}`);
    names.add(name);
  }
  if (more > 0) notes.push(`${grouped(more)} more that are like these`);
  return [layer, notes];
}

/** The functions of an option that holds one for each name. */
function hooksOf<T>(option: string, hooks: unknown): ReadonlyMap<string, T> {
  const name = `options.${option}`;
  if (hooks === undefined) return new Map();
  if (typeof hooks !== 'object' || hooks === null)
    throw new ArgumentError(`${name} must be an object of functions, got ${show(hooks)}`);
  const entries = reading(name, () => Object.entries(hooks));
  for (const [key, hook] of entries)
    if (typeof hook !== 'function')
      throw new ArgumentError(`${name}[${show(key)}] must be a function, got ${show(hook)}`);
  return new Map(entries as [string, T][]);
}
