import { knownKeys, oneOf } from '../core/check';
import { checkDtype } from '../core/dtype';
import { ArgumentError, reading, show } from '../core/errors';
import { orKnown } from '../core/nearest';
import { type ByteSource, sourceOf } from '../formats/byte_source';
import { isHdf5 } from '../formats/hdf5';
import { type Json, toPlain } from '../formats/json';
import { configuredSeed } from '../initializers/configured_seed';
import { anyInitializer } from '../initializers/all';
import { bytesOf, checkBytes, checkFileName } from './bytes';
import {
  describeCheckpoint,
  filesOfIndex,
  type Header,
  isHeader,
  isIndex,
  isSafetensors,
  readHeader,
  readIndex,
  type StoredTensor,
} from './checkpoint';
import type { Stream } from '../sampler';
import { few } from '../text/few';
import type { ModelDescription, TensorDescription } from './description';
import { isEmpty, isKerasModel, type KerasModel, kerasModel, NAME_STYLES, snapshotOf } from './keras';
import { refuseForeign } from './foreign_files';
import { isArchive } from './keras_archive';
import { type KerasFile, readArchive, readHdf5 } from './keras_file';
import { isLoaded, LoadedModel } from './loaded_model';
import { KEYS, MODEL_KEYS, type ModelOptions, type ModelSource } from './options';
import { parseModelJson } from './model_json';
import { encoded, MAX_MODEL_BYTES, parseText, unwrapped } from './model_text';
import { fromPlain } from './plain';
import { preset, PRESETS } from './presets';
import { GRAPH_MODEL, isGraphModel, manifestOf } from './tfjs_model';
import { ModelConfig } from './rules/model_config';
import { checkTable, MAX_RULES_BYTES, parseRules } from './rules/rule';
import { type RulesTemplate, rulesTemplate as templateOf } from './rules/template';

/**
 * Reads whatever describes a model:
 * - the name of a preset (see PRESETS);
 * - `{ tensors: [{ name, shape, initializer, dtype?, streamName? }] }`, or its JSON;
 * - a Keras model: a Sequential or another KerasModel of this library, `model.to_json()`, the config.json
 *   in a .keras file, that file, or an .h5 file after `await loadHdf5()`. The seeds of its initializers have no effect, because each weight's
 *   stream follows from the model's seed and the weight's unique path; `notes` lists them;
 * - a safetensors header, with `rules`: its JSON, the file, or the file's first bytes; or, with `rules`, weights of
 *   Keras in an .h5 file, or the model.json of a graph model of TensorFlow.js;
 * - `{ index, headers }`, with `rules`: the JSON of a model.safetensors.index.json, and the header of each
 *   file that it names. Of the tensors, only those that rules copy are read, and that later.
 *
 * A source may be text, bytes or parsed JSON. Everything is checked, and nothing is computed.
 *
 * @throws ArgumentError, one line that names what cannot be right
 * @example
 * ```ts
 * import { describeModel } from 'tensorseed/models';
 *
 * const { tensors } = describeModel('gpt2');
 * console.log(tensors[0].name, tensors[0].shape.join()); // wte.weight 50257,768
 * const header = { 'fc.weight': { dtype: 'F32', shape: [4, 8], data_offsets: [0, 128] } };
 * console.log(describeModel(header, { rules: 'torch' }).tensors[0].name); // fc.weight
 * ```
 */
export function describeModel(source: ModelSource, options: ModelOptions = {}): LoadedModel {
  const checked = checkOptions(options);
  if (typeof source === 'string') return describeText(source, checked);
  if (typeof source !== 'object' || source === null)
    throw new ArgumentError(`a model must be a preset's name, JSON, bytes or an object, got ${show(source)}`);
  if (isLoaded(source)) return source;
  if (isKerasModel(source)) return fromKeras('the model', source, checked);
  const bytes = bytesOf('the model', source);
  if (bytes !== undefined) return parse('the model', bytes, checked, new Map());
  if (reading('the model', () => 'index' in source && 'headers' in source))
    return describeIndex(source as { index: unknown; headers: unknown }, checked);
  return describeJson(
    'the model',
    unwrapped('the model', fromPlain('the model', source)),
    checked,
    new Map(),
  );
}

/**
 * The same as describeModel, from the bytes of a file. What the bytes hold says what the file is; its
 * name does not count.
 *
 * @param file the file's name for messages
 * @param bytes as many of the file's first bytes as bytesToRead says
 * @param headers for an index, the first bytes of each file that it names
 * @throws ArgumentError, one line that names what cannot be right
 * @example
 * ```ts
 * import { modelFile, parseModel } from 'tensorseed/models';
 *
 * const { header } = modelFile('gpt2', { seed: 42 });
 * const model = parseModel('gpt2.safetensors', header, { rules: 'gpt2' });
 * console.log(model.tensors.length); // 148
 * ```
 */
export function parseModel(
  file: string,
  bytes: Uint8Array,
  options: ModelOptions = {},
  headers: ReadonlyMap<string, Uint8Array> = new Map(),
): LoadedModel {
  const name = checkFileName(file);
  const own = checkBytes('bytes', bytes);
  return parse(name, own, checkOptions(options), checkHeaders(headers));
}

function checkHeaders(headers: unknown): ReadonlyMap<string, Uint8Array> {
  const entries = reading('headers', () => (headers instanceof Map ? [...headers] : undefined));
  if (entries === undefined)
    throw new ArgumentError(`headers must be a Map of bytes by the names of files, got ${show(headers)}`);
  return new Map(
    entries.map(([file, bytes]) => [file as string, checkBytes(`headers[${show(file)}]`, bytes)]),
  );
}

function parse(
  file: string,
  bytes: Uint8Array,
  options: ModelOptions,
  headers: ReadonlyMap<string, Uint8Array>,
): LoadedModel {
  refuseForeign(file, bytes);
  if (isArchive(bytes) || isHdf5(bytes)) return describeFile(file, sourceOf(bytes), options);
  if (isSafetensors(bytes)) return fromCheckpoint(file, readHeader(file, bytes), options);
  return describeJson(file, parseText(file, bytes), options, headers);
}

/**
 * A model from a .keras file or an HDF5 file, of which only what is needed is read.
 * @param options what was checked already
 * @throws Hdf5NotLoadedError for an HDF5 file whose reader is not loaded
 */
function describeFile(file: string, source: ByteSource, options: ModelOptions): LoadedModel {
  const found = isArchive(source.read(0, Math.min(4, source.byteLength)))
    ? readArchive(file, source)
    : readHdf5(file, source);
  if (found.root === undefined) return fromCheckpoint(file, found.manifest, options);
  return describeJson(file, found.root, options, new Map(), found);
}

/**
 * The same as parseModel, for a .keras file or an HDF5 file, of which only what is needed is read.
 * @throws ArgumentError as parseModel
 */
export function parseSource(file: string, source: ByteSource, options: ModelOptions): LoadedModel {
  return describeFile(checkFileName(file), source, checkOptions(options));
}

/**
 * The files whose headers `parseModel` needs as well. There are some only where the bytes are an index.
 *
 * @param file the file's name for messages
 * @returns the names of files in the same folder
 * @throws ArgumentError where the bytes cannot be read, or a name is not one of a safetensors file beside it
 * @example
 * ```ts
 * import { filesBeside } from 'tensorseed/models';
 *
 * const index = JSON.stringify({ weight_map: { 'fc.bias': 'model-1.safetensors' } });
 * console.log(filesBeside('index.json', new TextEncoder().encode(index)).join()); // model-1.safetensors
 * ```
 */
export function filesBeside(file: string, bytes: Uint8Array): string[] {
  const name = checkFileName(file);
  const own = checkBytes('bytes', bytes);
  if (isArchive(own) || isHdf5(own) || isSafetensors(own)) return [];
  const root = parseText(name, own);
  return root instanceof Map && isIndex(root) ? filesOfIndex(name, root) : [];
}

/**
 * Whether the bytes are a safetensors file or an index. These hold names and shapes alone, so that `rules`
 * must say what fills the tensors.
 *
 * @param file the file's name for messages
 * @param bytes as many of the file's first bytes as bytesToRead says
 * @throws ArgumentError where the bytes cannot be read
 * @example
 * ```ts
 * import { modelFile, needsRules } from 'tensorseed/models';
 *
 * console.log(needsRules('gpt2.safetensors', modelFile('gpt2', { seed: 42 }).header)); // true
 * ```
 */
export function needsRules(file: string, bytes: Uint8Array): boolean {
  const name = checkFileName(file);
  const own = checkBytes('bytes', bytes);
  if (isArchive(own)) return false;
  if (isHdf5(own)) return readHdf5(name, sourceOf(own)).root === undefined;
  if (isSafetensors(own)) return true;
  const root = parseText(name, own);
  if (!(root instanceof Map)) return false;
  if (isGraphModel(root)) return true;
  return !isKeras(root) && (isIndex(root) || (root.size > 0 && isHeader(root)));
}

/**
 * A list of rules to edit: one for each pattern of the names in a safetensors file or an index, with what
 * `options.rules` say about it. A rule about which nothing is known has the initializer null.
 *
 * @param file the file's name for messages
 * @param bytes as many of the file's first bytes as bytesToRead says
 * @param headers for an index, the first bytes of each file that it names
 * @throws ArgumentError, one line that names what cannot be right
 * @example
 * ```ts
 * import { modelFile, rulesTemplate } from 'tensorseed/models';
 *
 * const { header } = modelFile('gpt2', { seed: 42 });
 * const { template } = rulesTemplate('gpt2.safetensors', header, { rules: 'gpt2' });
 * console.log(template[0].pattern, template[0].comment); // h.*.attn.c_attn.bias 12 tensors, such as [2304] F32
 * ```
 */
export function rulesTemplate(
  file: string,
  bytes: Uint8Array,
  options: Pick<ModelOptions, 'rules' | 'config'> = {},
  headers: ReadonlyMap<string, Uint8Array> = new Map(),
): RulesTemplate {
  const name = checkFileName(file);
  const { rules, config } = checkOptions(knownKeys('options', options, ['rules', 'config']));
  const tensors = storedTensors(name, checkBytes('bytes', bytes), checkHeaders(headers));
  return templateOf(tensors, rules, configOf(config));
}

/** @throws ArgumentError where the bytes are anything else than a safetensors file, its header as JSON, or an index */
function storedTensors(
  file: string,
  bytes: Uint8Array,
  headers: ReadonlyMap<string, Header>,
): readonly StoredTensor[] {
  if (isSafetensors(bytes)) return readHeader(file, bytes);
  if (isHdf5(bytes)) return readHdf5(file, sourceOf(bytes)).manifest;
  const root = isArchive(bytes) ? undefined : parseText(file, bytes);
  const stored = root instanceof Map ? storedIn(file, root, headers) : undefined;
  if (stored !== undefined) return stored;
  throw new ArgumentError(
    `${file} must be a safetensors file, an index or a weights file of Keras: rules are for these`,
  );
}

/** The tensors of a checkpoint that JSON describes; undefined where it says itself what fills them. */
function storedIn(
  file: string,
  root: Map<string, Json>,
  headers: ReadonlyMap<string, Header>,
): readonly StoredTensor[] | undefined {
  if (isGraphModel(root)) return manifestOf(file, root);
  if (isKeras(root)) return undefined;
  if (isIndex(root)) return readIndex(file, root, headers);
  return root.size > 0 && isHeader(root) ? readHeader(file, root) : undefined;
}

function checkOptions(options: ModelOptions): ModelOptions {
  const checked = knownKeys('options', options, MODEL_KEYS) as ModelOptions;
  const { rules, dtype, names, keyBy } = checked;
  if (dtype !== undefined) checkDtype(dtype);
  if (names !== undefined) oneOf('names', names, NAME_STYLES);
  if (keyBy !== undefined) oneOf('keyBy', keyBy, KEYS);
  if (rules === undefined) return checked;
  if (typeof rules !== 'string') return { ...checked, rules: checkTable(rules) };
  return rules.trimStart().startsWith('[')
    ? { ...checked, rules: parseRules('the rules', encoded('the rules', rules, MAX_RULES_BYTES)) }
    : checked;
}

function describeText(text: string, options: ModelOptions): LoadedModel {
  const known = preset(text);
  if (known !== undefined) return fromDescription(text, known, options);
  if (!/^\uFEFF?\s*[{["]/.test(text))
    throw new ArgumentError(`there is no preset ${show(text)}${orKnown(text, PRESETS, 'presets')}`);
  return parse('the model', encoded('the model', text, MAX_MODEL_BYTES), options, new Map());
}

function describeIndex(source: { index: unknown; headers: unknown }, options: ModelOptions): LoadedModel {
  const { index, headers } = knownKeys('the model', source, ['index', 'headers']);
  const root =
    typeof index === 'string'
      ? parseText('the index', encoded('the index', index, MAX_MODEL_BYTES))
      : fromPlain('the index', index);
  if (!(root instanceof Map) || !isIndex(root))
    throw new ArgumentError(`index must be an object with "weight_map", got ${show(index)}`);
  if (typeof headers !== 'object' || headers === null)
    throw new ArgumentError(`headers must be an object with one header for each file, got ${show(headers)}`);
  const entries = reading('headers', () => (headers instanceof Map ? [...headers] : Object.entries(headers)));
  const byFile = new Map(
    entries.map(([file, header]) => [
      file as string,
      headerFrom(`the header of ${checkFileName(file)}`, header),
    ]),
  );
  return fromCheckpoint('the index', readIndex('the index', root, byFile), options);
}

function headerFrom(what: string, header: unknown): Header {
  const bytes = bytesOf(what, header);
  if (bytes !== undefined) return bytes;
  const root = fromPlain(what, header);
  if (!(root instanceof Map))
    throw new ArgumentError(`${what} must be an object or bytes, got ${show(header)}`);
  return root;
}

function describeJson(
  file: string,
  root: Json,
  options: ModelOptions,
  headers: ReadonlyMap<string, Header>,
  { notes = [], manifest = [] }: Partial<KerasFile> = {},
): LoadedModel {
  if (!(root instanceof Map))
    throw new ArgumentError(`${file} must hold an object with "tensors", got ${show(root)}`);
  if (isGraphModel(root) && options.rules === undefined) throw new ArgumentError(`${file} is ${GRAPH_MODEL}`);
  const stored = storedIn(file, root, headers);
  if (stored !== undefined) return fromCheckpoint(file, stored, options);
  if (isKeras(root)) {
    const { customLayers, customInitializers, names } = options;
    return fromKeras(
      file,
      kerasModel(toPlain(file, root) as object, {
        what: file,
        customLayers,
        customInitializers,
        ...(names !== undefined && { names }),
        ...(manifest.length > 0 && { manifest }),
      }),
      options,
      notes,
    );
  }
  return fromDescription(file, parseModelJson(file, root), options);
}

function fromCheckpoint(file: string, tensors: readonly StoredTensor[], options: ModelOptions): LoadedModel {
  refuseNames(file, options);
  const { rules, dtype } = options;
  const config = configOf(options.config);
  const ruled = describeCheckpoint(file, tensors, { rules, dtype, config });
  const { described, copies, names, skipped, notes } = ruled;
  const left = skipped.length === 0 ? [] : [`left out by the rules: ${few(skipped)}`];
  return new LoadedModel(undefined, described, [...notes, ...left], undefined, copies, names);
}

/** Reads the option `config`. */
function configOf(given: unknown): ModelConfig {
  if (given === undefined) return new ModelConfig(undefined);
  const root =
    typeof given === 'string'
      ? parseText('config', encoded('config', given, MAX_MODEL_BYTES))
      : fromPlain('config', given);
  if (!(root instanceof Map))
    throw new ArgumentError(`config must be the object of a config.json, got ${show(given)}`);
  return new ModelConfig(root);
}

/** Whether it is Keras's own JSON, or TensorFlow.js's JSON around it. */
function isKeras(root: ReadonlyMap<string, Json>): boolean {
  return (
    typeof root.get('class_name') === 'string' ||
    [root.get('modelTopology'), root.get('model_config')].some(
      (inner) => inner instanceof Map && !inner.has('dtype'),
    )
  );
}

const SEEDS_NOTE = 'seeds in the configuration are not heeded';

/** What the user of a model in a stream should know; undefined is tensorseed's own. */
export function notesIn(
  stream: Stream | undefined,
  { notes }: LoadedModel,
  seeds: 'configured' | undefined,
): readonly string[] {
  const heeded = stream?.heedsSeeds || seeds !== undefined;
  return heeded ? notes.filter((note) => !note.startsWith(SEEDS_NOTE)) : notes;
}

function fromKeras(
  file: string,
  model: KerasModel,
  options: ModelOptions,
  more: readonly string[] = [],
): LoadedModel {
  refuseRules(file, options);
  const keras = snapshotOf(model, options.names);
  if (isEmpty(keras))
    throw new ArgumentError(`Sequential ${show(keras.name)} has no layers: give it some, or add them`);
  const tensors = keras.weights.map(({ name, shape, initializer, parts, dtype, streamName }) => ({
    name,
    shape,
    initializer: parts ?? initializer,
    ...(dtype !== undefined && { dtype }),
    ...(streamName !== undefined && { streamName }),
  }));
  const seeded = keras.weights
    .filter(({ initializer }) => configuredSeed(anyInitializer(initializer)) !== undefined)
    .map(({ name }) => name);
  const notes = [...more, ...keras.notes];
  if (seeded.length > 0) {
    notes.push(
      `${SEEDS_NOTE}, the model's seed and the names give every stream: ${few(seeded)}; ` +
        "seeds: 'configured' heeds them",
    );
  }
  return new LoadedModel(keras.name, keyed(tensors, options), notes, keras);
}

function fromDescription(file: string, model: ModelDescription, options: ModelOptions): LoadedModel {
  refuseRules(file, options);
  refuseNames(file, options);
  return new LoadedModel(model.name, keyed(model.tensors, options), []);
}

/** The tensors with the streams that the options ask for. */
function keyed(tensors: readonly TensorDescription[], { keyBy }: ModelOptions): readonly TensorDescription[] {
  return keyBy === 'name' ? tensors.map(({ streamName: _, ...tensor }) => tensor) : tensors;
}

/** Refuses a style of names for a model whose tensors have none but their own. */
function refuseNames(file: string, { names }: ModelOptions): void {
  if (names !== undefined)
    throw new ArgumentError(
      `names are for Keras models, got ${show(names)}; ${file} names its tensors itself`,
    );
}

/** Refuses rules for a model that says itself what fills its tensors. */
function refuseRules(file: string, { rules, config }: ModelOptions): void {
  for (const [key, value] of Object.entries({ rules, config }))
    if (value !== undefined)
      throw new ArgumentError(
        `${key} ${key === 'rules' ? 'are' : 'is'} for safetensors headers; ${file} says itself how its tensors are filled`,
      );
}
