import { ArgumentError, show } from '../../core/errors';
import { parseJson, toPlain } from '../../formats/json';
import type { LayerSource } from './fields';

/** How deep a model's JSON may be nested: each model within a model takes four levels. */
const DEPTH = 200;

/** A model's JSON, whatever it came wrapped in. */
export interface ModelSource {
  readonly source: LayerSource;
  /** The generation of Keras that wrote it. */
  readonly generation: 2 | 3;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads the text of a model, or the object that it parses to: what `model.to_json()` returns,
 * the config.json of a .keras file, or a model.json of TensorFlow.js, which has it inside.
 * @throws ArgumentError, one line, where it is none
 */
export function readModel(what: string, source: string | object): ModelSource {
  const json =
    typeof source === 'string'
      ? toPlain(what, parseJson(what, source, { depth: DEPTH, integers: false, nonFinite: true }))
      : copied(what, source, DEPTH);
  const root = model(what, simplified(json));
  const version = root.keras_version;
  if (typeof version === 'string' && /^[01]\./.test(version))
    throw new ArgumentError(
      `${what} was written by Keras ${version}, whose layers have other arguments: load and save it with Keras 2 first`,
    );
  return {
    source: { ...root, class_name: root.class_name as string, config: configOf(what, root) },
    generation: generationOf(version, root),
  };
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The envelope of the model, {"class_name", "config"}. */
function model(what: string, json: unknown): Json {
  if (!isObject(json))
    throw new ArgumentError(`${what} must hold an object with "class_name" and "config", got ${show(json)}`);
  const topology = json.modelTopology;
  if (isObject(topology))
    return model(what, {
      keras_version: topology.keras_version,
      ...((topology.model_config ?? topology) as Json),
    });
  if (isObject(json.model_config)) return model(what, json.model_config);
  if (typeof json.class_name !== 'string')
    throw new ArgumentError(
      `${what} must hold a model's JSON with a "class_name", got ${show(json.class_name)}`,
    );
  return json;
}

/** The configuration of a model; that of a Sequential of Keras 2.2 and earlier is a list of its layers. */
function configOf(what: string, { class_name, config }: Json): Json {
  if (Array.isArray(config)) return { name: 'sequential', layers: config };
  if (!isObject(config))
    throw new ArgumentError(`${what} must hold a model's JSON with a "config", got ${show(config)}`);
  if (!Array.isArray(config.layers)) {
    throw new ArgumentError(
      `${what} has no layers: its model of class ${show(class_name)} is code, not a graph of layers, and its JSON says nothing about its weights`,
    );
  }
  return config.name === undefined ? { name: String(class_name).toLowerCase(), ...config } : config;
}

/** Python's tuples and TensorFlow's shapes, which Keras writes as objects, are lists. */
function simplified(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(simplified);
  if (!isObject(json)) return json;
  if ((json.class_name === '__tuple__' || json.class_name === 'TensorShape') && Array.isArray(json.items))
    return json.items.map(simplified);
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, simplified(value)]));
}

/** A copy of an object that holds nothing but JSON. */
function copied(what: string, value: unknown, depth: number): unknown {
  if (value === null || ['string', 'boolean', 'number'].includes(typeof value)) return value;
  if (typeof value !== 'object') throw new ArgumentError(`${what} must hold JSON, got ${show(value)}`);
  if (depth === 0) throw new ArgumentError(`${what} is nested too deeply, or contains itself`);
  if (Array.isArray(value)) return value.map((item) => copied(what, item, depth - 1));
  const map = new Map(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, item]),
  );
  toPlain(what, new Map([...map.keys()].map((key) => [key, null])));
  return Object.fromEntries([...map].map(([key, item]) => [key, copied(what, item, depth - 1)]));
}

/**
 * Keras 2 or 3: what "keras_version" says, else what only one of them writes. tf.keras counts
 * as 2, and TensorFlow.js follows it.
 */
function generationOf(version: unknown, root: Json): 2 | 3 {
  if (typeof version === 'string') return /^[3-9]|^[1-9]\d/.test(version) ? 3 : 2;
  const text = JSON.stringify(root.config);
  if (/"__keras_tensor__"|"DTypePolicy"|"batch_shape"/.test(text)) return 3;
  return 'module' in root && !/"batch_input_shape"/.test(text) ? 3 : 2;
}
