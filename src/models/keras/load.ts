import { knownKeys, oneOf } from '../../core/check';
import { ArgumentError, reading, show } from '../../core/errors';
import { clip } from '../../text/clip';
import { Budget } from './budget';
import type { LayerSource } from './config_fields';
import type { Context } from './context';
import type { CustomInitializer, CustomLayer, KerasModelOptions } from './hooks';
import type { Layer } from './layer';
import { makeLayer } from './make_layer';
import { readManifest } from './manifest';
import type { ModelLayer } from './model_layer';
import type { Naming } from './naming';
import { NAME_STYLES, versionNumber } from './names';
import { Notes } from './notes';
import { readModel } from './read';

/** A model that was read and called. */
export interface Loaded {
  readonly layer: ModelLayer;
  readonly context: Context;
  /** The unique paths of its weights. */
  readonly paths: ReadonlySet<string>;
  readonly naming: Naming;
}

/**
 * The layer that a model's JSON describes, with its weights.
 * @param inCode whether it is a Sequential that a program puts together, which may be empty at first
 * @throws ArgumentError as kerasModel
 */
export function load(source: string | object, options: KerasModelOptions, inCode = false): Loaded {
  const read = knownKeys('options', options, [
    'what',
    'customLayers',
    'customInitializers',
    'names',
    'manifest',
  ]);
  const { what: given = 'the model', names = 'keras' } = read;
  if (typeof given !== 'string') throw new ArgumentError(`options.what must be a string, got ${show(given)}`);
  const what = clip(given, 200);
  const customLayers = hooksOf<CustomLayer>('customLayers', read.customLayers);
  const customInitializers = hooksOf<CustomInitializer>('customInitializers', read.customInitializers);
  const style = oneOf('options.names', names, NAME_STYLES);
  const { source: root, writer, keras1, manifest } = readModel(what, source);
  const naming = {
    style,
    writer,
    manifest: reading('options.manifest', () => readManifest(read.manifest ?? manifest)),
  };
  const { generation, version } = writer;
  const fansByAxes = generation === 3 && (versionNumber(version) ?? Infinity) >= 3.15;
  const context = contextOf({ what, generation, fansByAxes, keras1, customLayers, customInitializers });
  return loadLayer(context, root, naming, inCode);
}

/**
 * A Sequential that a program puts together, with one more layer behind the others.
 * @throws ArgumentError as kerasModel; the one that is given stays as it was
 */
export function extend({ layer, context, paths, naming }: Loaded, source: LayerSource): Loaded {
  const around = { ...layer.source, config: { ...layer.source.config, layers: [source] } };
  const [read] = readModel(context.what, around).source.config.layers as LayerSource[];
  const own = contextOf(context);
  const grown = layer.children.length === 0 ? undefined : layer.followedBy(own, read);
  if (grown !== undefined) return withPaths(grown, own, naming, paths, grown.children.at(-1)!);
  const layers = [...layer.children.map((child) => child.source), read];
  const config = { ...layer.source.config, layers };
  return loadLayer(contextOf({ ...context, notes: undefined }), { ...layer.source, config }, naming, true);
}

/** What the layers of one model share, for a new model or for more layers of one. */
function contextOf(given: Omit<Context, 'budget' | 'notes' | 'make'> & { readonly notes?: Notes }): Context {
  const context: Context = {
    ...given,
    budget: new Budget(),
    notes: new Notes(given.notes),
    make: (child, parent, name) => makeLayer(context, child, parent, name),
  };
  return context;
}

function loadLayer(context: Context, root: LayerSource, naming: Naming, inCode: boolean): Loaded {
  const { what } = context;
  const layer = makeLayer(context, root, undefined);
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
  return withPaths(layer, context, naming, new Set(), layer);
}

/**
 * A model with the unique paths of its weights, each of which must be its own.
 * @param paths those of its other layers
 * @param added the layer whose weights are new
 */
function withPaths(
  layer: ModelLayer,
  context: Context,
  naming: Naming,
  paths: ReadonlySet<string>,
  added: Layer,
): Loaded {
  const all = new Set(paths);
  for (const { name } of added.weights) {
    if (all.has(name)) throw new ArgumentError(`${context.what} has two weights named ${show(name)}`);
    all.add(name);
  }
  return { layer, context, paths: all, naming };
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
