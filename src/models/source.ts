import { knownKeys } from '../core/check';
import { checkDtype, type Dtype } from '../core/dtype';
import { ArgumentError, show } from '../core/errors';
import { decodeUtf8, type Json, parseJson, toPlain } from '../formats/json';
import {
  describeCheckpoint,
  filesOfIndex,
  type Header,
  isHeader,
  isIndex,
  readHeader,
  readIndex,
  type StoredTensor,
} from './checkpoint';
import type { ModelDescription, TensorDescription } from './description';
import { configuredSeed, makeInitializer } from './initializer_source';
import { KerasModel, kerasModel, type KerasModelOptions } from './keras';
import { isArchive, kerasConfig } from './keras_archive';
import { parseModelJson } from './model_json';
import { fromPlain, MAX_DEPTH } from './plain';
import { preset, PRESETS } from './presets';
import { checkTable, parseRules, type RuleTable } from './rules/rule';

/** What a model is made from; see describeModel. */
export type ModelSource =
  | string
  | Uint8Array
  | ArrayBuffer
  | ModelDescription
  | KerasModel
  | { readonly index: object; readonly headers: Readonly<Record<string, object>> }
  | Readonly<Record<string, unknown>>;

export interface ModelOptions extends Pick<KerasModelOptions, 'customLayers' | 'customInitializers'> {
  /**
   * For safetensors headers, which do not say how tensors are filled: the name of a published
   * table (see RULE_TABLES), a list of rules, or that list as JSON.
   */
  readonly rules?: string | RuleTable;
  /** The type of tensors that have none of their own; of a safetensors header, of all its floats. */
  readonly dtype?: Dtype;
}

/** A model of whatever source, with every tensor's name, shape and filling. */
export class LoadedModel implements ModelDescription {
  constructor(
    readonly name: string | undefined,
    readonly tensors: readonly TensorDescription[],
    /** What its user should know, a sentence each: tensors that were left out, for one. */
    readonly notes: readonly string[],
    /** Where the source was Keras's. */
    readonly keras?: KerasModel,
  ) {}
}

const KERAS_KEYS = ['customLayers', 'customInitializers'] as const;
export const MODEL_KEYS = ['rules', 'dtype', ...KERAS_KEYS] as const;
/** Of JSON, beyond which a file is taken for no description of a model. */
export const MAX_MODEL_BYTES = 16 * 2 ** 20;
/** What HDF5 files begin with, Keras 2's .h5 for one. */
const HDF5 = [0x89, 0x48, 0x44, 0x46];

/**
 * Reads whatever describes a model:
 * - the name of a preset (see PRESETS);
 * - `{ tensors: [{ name, shape, initializer, dtype? }] }`, or its JSON;
 * - a Keras model: a Sequential or another KerasModel of this library, `model.to_json()`, the
 *   config.json in a .keras file, or that file. Seeds that its initializers have are not heeded,
 *   for each weight's stream follows from the model's seed and the weight's name; `notes` names them;
 * - a safetensors header, with `rules`: its JSON, the file, or the file's first bytes;
 * - `{ index, headers }`, with `rules`: the JSON of a model.safetensors.index.json, and of each
 *   file that it names the header. Nothing else of any file is read.
 *
 * Sources may be text, bytes or parsed JSON. Everything is checked, nothing computed.
 * @throws ArgumentError, one line that names what cannot be right
 */
export function describeModel(source: ModelSource, options: ModelOptions = {}): LoadedModel {
  const checked = checkOptions(options);
  if (source instanceof LoadedModel) return source;
  if (source instanceof KerasModel) return fromKeras('the model', source, checked);
  if (typeof source === 'string') return describeText(source, checked);
  const bytes = bytesOf(source);
  if (bytes !== undefined) return parseModel('the model', bytes, checked);
  if (typeof source !== 'object' || source === null)
    throw new ArgumentError(`a model must be a preset's name, JSON, bytes or an object, got ${show(source)}`);
  if ('index' in source && 'headers' in source)
    return describeIndex(source as { index: unknown; headers: unknown }, checked);
  return describeJson('the model', fromPlain('the model', source), checked, new Map());
}

/**
 * The same from the bytes of a file, by what they hold and not by its name.
 * @param file the file's name for messages
 * @param headers of an index, the first bytes of each file that it names
 */
export function parseModel(
  file: string,
  bytes: Uint8Array,
  options: ModelOptions = {},
  headers: ReadonlyMap<string, Uint8Array> = new Map(),
): LoadedModel {
  if (isArchive(bytes))
    return describeJson(file, parseText(file, kerasConfig(file, bytes, MAX_MODEL_BYTES)), options, headers);
  if (isSafetensors(bytes)) return fromCheckpoint(file, readHeader(file, bytes), options);
  return describeJson(file, parseText(file, bytes), options, headers);
}

/** The files whose headers `parseModel` needs beside these bytes: those of an index. */
export function filesBeside(file: string, bytes: Uint8Array): string[] {
  if (isArchive(bytes) || isSafetensors(bytes)) return [];
  const root = parseText(file, bytes);
  return root instanceof Map && isIndex(root) ? filesOfIndex(file, root) : [];
}

/** Whether the bytes hold names and shapes only, so that `rules` must say how the tensors are filled: a safetensors header or an index. */
export function needsRules(file: string, bytes: Uint8Array): boolean {
  if (isArchive(bytes)) return false;
  if (isSafetensors(bytes)) return true;
  const root = parseText(file, bytes);
  return root instanceof Map && !isKeras(root) && (isIndex(root) || (root.size > 0 && isHeader(root)));
}

/** The header's length, at most 10^8, has zeros in its last bytes; JSON has none anywhere. */
export function isSafetensors(bytes: Uint8Array): boolean {
  return bytes.length >= 9 && bytes[7] === 0 && bytes[8] === 0x7b;
}

function checkOptions(options: ModelOptions): ModelOptions {
  const { rules, dtype } = knownKeys('options', options, MODEL_KEYS) as ModelOptions;
  if (dtype !== undefined) checkDtype(dtype);
  if (rules === undefined) return options;
  if (typeof rules !== 'string') return { ...options, rules: checkTable(rules) };
  return rules.trimStart().startsWith('[')
    ? { ...options, rules: parseRules('the rules', new TextEncoder().encode(rules)) }
    : options;
}

function describeText(text: string, options: ModelOptions): LoadedModel {
  const known = preset(text);
  if (known !== undefined) return fromDescription(text, known, options);
  if (!/^\uFEFF?\s*[{[]/.test(text))
    throw new ArgumentError(`there is no preset ${show(text)}; presets: ${PRESETS.join(', ')}`);
  return parseModel('the model', new TextEncoder().encode(text), options);
}

function describeIndex(source: { index: unknown; headers: unknown }, options: ModelOptions): LoadedModel {
  const { index, headers } = knownKeys('the model', source, ['index', 'headers']);
  const root =
    typeof index === 'string'
      ? parseText('the index', new TextEncoder().encode(index))
      : fromPlain('the index', index);
  if (!(root instanceof Map) || !isIndex(root))
    throw new ArgumentError(`index must be an object with "weight_map", got ${show(index)}`);
  if (typeof headers !== 'object' || headers === null)
    throw new ArgumentError(`headers must be an object with one header for each file, got ${show(headers)}`);
  const entries = headers instanceof Map ? [...headers] : Object.entries(headers);
  const byFile = new Map(
    entries.map(([file, header]) => [file as string, headerFrom(`the header of ${file}`, header)]),
  );
  return fromCheckpoint('the index', readIndex('the index', root, byFile), options);
}

function headerFrom(what: string, header: unknown): Header {
  const bytes = bytesOf(header);
  if (bytes !== undefined) return bytes;
  const root = fromPlain(what, header);
  if (!(root instanceof Map))
    throw new ArgumentError(`${what} must be an object or bytes, got ${show(header)}`);
  return root;
}

function bytesOf(source: unknown): Uint8Array | undefined {
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : undefined;
}

function parseText(file: string, bytes: Uint8Array): Json {
  if (HDF5.every((byte, i) => bytes[i] === byte))
    throw new ArgumentError(
      `${file} is an HDF5 file, which is not read; save the model as .keras, or its to_json()`,
    );
  if (bytes.length > MAX_MODEL_BYTES)
    throw new ArgumentError(`${file} has ${bytes.length} bytes, more than ${MAX_MODEL_BYTES} for a model`);
  // Editors on Windows begin files with a byte order mark; Python writes NaN and Infinity.
  return parseJson(file, decodeUtf8(file, bytes).replace(/^\uFEFF/, ''), {
    depth: MAX_DEPTH,
    integers: false,
    nonFinite: true,
  });
}

function describeJson(
  file: string,
  root: Json,
  options: ModelOptions,
  headers: ReadonlyMap<string, Header>,
): LoadedModel {
  if (!(root instanceof Map))
    throw new ArgumentError(`${file} must hold an object with "tensors", got ${show(root)}`);
  if (isKeras(root)) {
    const { customLayers, customInitializers } = options;
    return fromKeras(
      file,
      kerasModel(toPlain(file, root) as object, { what: file, customLayers, customInitializers }),
      options,
    );
  }
  if (isIndex(root)) return fromCheckpoint(file, readIndex(file, root, headers), options);
  if (root.size > 0 && isHeader(root)) return fromCheckpoint(file, readHeader(file, root), options);
  return fromDescription(file, parseModelJson(file, root), options);
}

function fromCheckpoint(file: string, tensors: readonly StoredTensor[], options: ModelOptions): LoadedModel {
  const { described, skipped } = describeCheckpoint(file, tensors, options);
  const notes = skipped.length === 0 ? [] : [`left out by the rules: ${few(skipped)}`];
  return new LoadedModel(undefined, described, notes);
}

/** Keras's own JSON, or TensorFlow.js's around it. */
function isKeras(root: ReadonlyMap<string, Json>): boolean {
  return (
    typeof root.get('class_name') === 'string' ||
    [root.get('modelTopology'), root.get('model_config')].some(
      (inner) => inner instanceof Map && !inner.has('dtype'),
    )
  );
}

function fromKeras(file: string, keras: KerasModel, options: ModelOptions): LoadedModel {
  refuseRules(file, options);
  const tensors = keras.weights.map(({ name, shape, initializer, parts, dtype }): TensorDescription => ({
    name,
    shape,
    initializer: parts ?? initializer,
    ...(dtype !== undefined && { dtype }),
  }));
  const seeded = keras.weights.filter(
    ({ initializer }) => configuredSeed(makeInitializer(initializer)) !== undefined,
  );
  const seeds =
    seeded.length === 0
      ? []
      : [
          `seeds in the configuration are not heeded, the model's seed and the names give every stream: ${few(seeded.map(({ name }) => name))}`,
        ];
  return new LoadedModel(keras.name, tensors, [...keras.notes, ...seeds], keras);
}

function fromDescription(file: string, model: ModelDescription, options: ModelOptions): LoadedModel {
  refuseRules(file, options);
  return new LoadedModel(model.name, model.tensors, []);
}

/** For models that say themselves how their tensors are filled. */
function refuseRules(file: string, { rules }: ModelOptions): void {
  if (rules !== undefined)
    throw new ArgumentError(
      `rules are for safetensors headers; ${file} says itself how its tensors are filled`,
    );
}

function few(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
