import { ArgumentError, reading, show } from '../../core/errors';
import { toPlain } from '../../formats/json';
import { parseModelText, unwrapped } from '../model_text';
import { MAX_DEPTH, valueCounter } from '../plain';
import type { LayerSource } from './config_fields';
import { type Keras1, keras1Of } from './keras1/detect';
import { manifestOfGroups } from './manifest';
import type { Writer } from './names';
import { withoutNulls } from './nulls';
import { isObject, type JsonObject, mapValues } from './structure';

/** A model's JSON, without what it was wrapped in. */
export interface KerasJson {
  readonly source: LayerSource;
  /** What wrote it. */
  readonly writer: Writer;
  /** What a file of Keras 1 says for all of its layers. */
  readonly keras1?: Keras1 | undefined;
  /** What lists the weights beside it, as TensorFlow.js does; undefined where nothing does. */
  readonly manifest: unknown;
}

/**
 * Reads a model's JSON from its text, or from the object that this parses to. It may be what
 * `model.to_json()` returns, the config.json of a .keras file, or a model.json of TensorFlow.js.
 * @param what names the model in messages
 * @throws ArgumentError, one line, for anything else
 */
export function readModel(what: string, source: string | object): KerasJson {
  const json =
    typeof source === 'string'
      ? toPlain(what, unwrapped(what, parseModelText(what, source)))
      : copied(what, source);
  const root = withoutNulls(model(what, simplified(json)));
  const version = root.keras_version;
  const config = configOf(what, root);
  const keras1 = keras1Of(what, version, config);
  return {
    source: { ...root, class_name: root.class_name as string, config },
    writer: {
      generation: keras1 ? 2 : generationOf(version, root),
      version: typeof version === 'string' ? version : undefined,
      isKeras1: keras1 !== undefined,
    },
    keras1,
    manifest: isObject(json) ? manifestOfGroups(json.weightsManifest ?? json.weightSpecs) : undefined,
  };
}

/** The envelope of the model, {"class_name", "config"}. */
function model(what: string, json: unknown): JsonObject {
  if (!isObject(json))
    throw new ArgumentError(`${what} must hold an object with "class_name" and "config", got ${show(json)}`);
  const topology = json.modelTopology;
  if (isObject(topology))
    return model(what, {
      keras_version: topology.keras_version,
      ...((topology.model_config ?? topology) as JsonObject),
    });
  if (isObject(json.model_config))
    return model(what, { keras_version: json.keras_version, ...json.model_config });
  if (typeof json.class_name !== 'string')
    throw new ArgumentError(
      `${what} must hold a model's JSON with a "class_name", got ${show(json.class_name)}`,
    );
  return json;
}

/** The configuration of a model; that of a Sequential of Keras 2.2 and earlier is a list of its layers. */
function configOf(what: string, { class_name, config }: JsonObject): JsonObject {
  if (Array.isArray(config)) return { name: 'sequential', layers: config };
  if (!isObject(config))
    throw new ArgumentError(`${what} must hold a model's JSON with a "config", got ${show(config)}`);
  if (!Array.isArray(config.layers)) {
    throw new ArgumentError(
      `${what} has no layers: its model of class ${show(class_name)} is code, not a graph of layers, ` +
        'and its JSON says nothing about its weights',
    );
  }
  return config.name === undefined ? { name: String(class_name).toLowerCase(), ...config } : config;
}

/** The same JSON with lists in place of the objects that Keras writes for tuples and TensorFlow's shapes. */
function simplified(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(simplified);
  if (!isObject(json)) return json;
  if ((json.class_name === '__tuple__' || json.class_name === 'TensorShape') && Array.isArray(json.items))
    return json.items.map(simplified);
  return mapValues(json, simplified);
}

/** A copy of an object that holds nothing but JSON, of which everything is read once. */
function copied(what: string, source: unknown): unknown {
  const count = valueCounter(what);
  const copy = (value: unknown, depth: number): unknown => {
    if (value === null || ['string', 'boolean', 'number'].includes(typeof value)) return value;
    if (typeof value !== 'object') throw new ArgumentError(`${what} must hold JSON, got ${show(value)}`);
    if (depth === 0) throw new ArgumentError(`${what} is nested too deeply, or contains itself`);
    if (Array.isArray(value)) {
      count(value.length);
      return Array.from(value, (item: unknown) => copy(item, depth - 1));
    }
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    count(entries.length);
    toPlain(what, new Map(entries.map(([key]) => [key, null]))); // refuses keys such as __proto__
    return Object.fromEntries(entries.map(([key, item]) => [key, copy(item, depth - 1)]));
  };
  return reading(what, () => copy(source, MAX_DEPTH));
}

/**
 * The generation of Keras that wrote the model: the one that "keras_version" says, or else the one of
 * whose files a key in the JSON is typical. tf.keras and TensorFlow.js write what Keras 2 writes.
 */
function generationOf(version: unknown, root: JsonObject): 2 | 3 {
  if (typeof version === 'string' && /^(\d|tfjs)/.test(version))
    return /^[3-9]|^[1-9]\d/.test(version) ? 3 : 2;
  const text = JSON.stringify(root.config);
  if (/"__keras_tensor__"|"DTypePolicy"|"batch_shape"/.test(text)) return 3;
  return 'module' in root && !/"batch_input_shape"/.test(text) ? 3 : 2;
}
