import { knownKeys, oneOf } from '../core/check';
import { checkDtype, type Dtype } from '../core/dtype';
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
import type { CopiedTensor } from './copied';
import type { ModelDescription, TensorDescription } from './description';
import {
  isEmpty,
  isKerasModel,
  type KerasModel,
  kerasModel,
  type KerasModelOptions,
  NAME_STYLES,
  print,
  printSummary,
  readSummaryOptions,
  snapshotOf,
  type SummaryArguments,
  type SummaryOptions,
} from './keras';
import { refuseForeign } from './foreign_files';
import { isArchive } from './keras_archive';
import { type KerasFile, readArchive, readHdf5 } from './keras_file';
import { parseModelJson } from './model_json';
import { encoded, MAX_MODEL_BYTES, parseText, unwrapped } from './model_text';
import { fromPlain } from './plain';
import { preset, PRESETS } from './presets';
import { inOrderOf } from './in_order_of';
import { type ListedTensor, tensorTable } from './tensor_table';
import { GRAPH_MODEL, isGraphModel, manifestOf } from './tfjs_model';
import { ModelConfig } from './rules/model_config';
import { checkTable, MAX_RULES_BYTES, parseRules, type RuleTable } from './rules/rule';
import { type RulesTemplate, rulesTemplate as templateOf } from './rules/template';

/**
 * The JSON of a checkpoint in several safetensors files: of its index, and of the headers of the files.
 *
 * @example
 * ```ts
 * import { describeModel, type IndexedCheckpoint } from 'tensorseed/models';
 *
 * const checkpoint: IndexedCheckpoint = {
 *   index: { weight_map: { 'fc.bias': 'model-1.safetensors' } },
 *   headers: {
 *     'model-1.safetensors': { 'fc.bias': { dtype: 'F32', shape: [4], data_offsets: [0, 16] } },
 *   },
 * };
 * const rules = [{ pattern: '**.bias', initializer: 'zeros' }];
 * console.log(describeModel(checkpoint, { rules }).tensors[0].name); // fc.bias
 * ```
 */
export interface IndexedCheckpoint {
  /** The JSON of the model.safetensors.index.json, which names the file of each tensor. */
  readonly index: object;
  /** The header of each of these files, by its name: the JSON, or the first bytes of the file. */
  readonly headers: Readonly<Record<string, object>>;
}

/**
 * What a model is made from. describeModel says what each of them may hold.
 *
 * @example
 * ```ts
 * import { describeModel, layers, type ModelSource, Sequential } from 'tensorseed/models';
 *
 * const sources: ModelSource[] = [
 *   'gpt2',
 *   new Sequential([layers.dense({ units: 4, inputShape: [3] })]),
 *   { tensors: [{ name: 'w', shape: [3, 4], initializer: 'he_normal' }] },
 * ];
 * console.log(sources.map((source) => describeModel(source).tensors.length).join()); // 148,2,1
 * ```
 */
export type ModelSource =
  | string
  | Uint8Array
  | ArrayBuffer
  | ModelDescription
  | KerasModel
  | IndexedCheckpoint
  | Readonly<Record<string, unknown>>;

/**
 * How a model is read from its source.
 *
 * @example
 * ```ts
 * import { describeModel, type ModelOptions } from 'tensorseed/models';
 *
 * const options: ModelOptions = { rules: 'torch', dtype: 'float16' };
 * const header = { 'fc.weight': { dtype: 'F32', shape: [4, 8], data_offsets: [0, 128] } };
 * console.log(describeModel(header, options).tensors[0].name); // fc.weight
 * ```
 */
export interface ModelOptions extends Pick<
  KerasModelOptions,
  'customLayers' | 'customInitializers' | 'names'
> {
  /**
   * What fills the tensors of a safetensors header, which does not say it: the name of a published table
   * (see RULE_TABLES), 'auto' for the table of the model's family, a list of rules, or that list as JSON.
   */
  readonly rules?: string | RuleTable;
  /**
   * The config.json beside a safetensors file, as text or as the object that it parses to. Published tables take from
   * it what names do not tell: the family, and numbers such as initializer_range.
   */
  readonly config?: string | object;
  /**
   * The type of tensors that have none of their own. Default 'float32'. For a safetensors header it is the
   * type of all floats, each of which has the type of the file by default.
   */
  readonly dtype?: Dtype;
  /**
   * What the stream of a tensor follows from, with the seed: 'stream', the default, from its `streamName` where it has
   * one, as the weights of a Keras model have, or 'name', from the name that it has in the result.
   */
  readonly keyBy?: KeyBy;
}

/**
 * A model from any source, with the name and the shape of every tensor, and what fills it.
 *
 * @example
 * ```ts
 * import { describeModel, type LoadedModel } from 'tensorseed/models';
 *
 * const model: LoadedModel = describeModel('gpt2');
 * console.log(model.name, model.tensors.length, model.notes.length); // gpt2 148 0
 * ```
 */
export class LoadedModel implements ModelDescription {
  /**
   * `describeModel` makes it.
   * @hidden
   */
  constructor(
    /** The model's name, such as a preset's; undefined where its source has none. */
    readonly name: string | undefined,
    /** The tensors that are filled, in the source's order, each under a name of its own. */
    readonly tensors: readonly TensorDescription[],
    /** What its user should know, a sentence each, such as which tensors were left out. */
    readonly notes: readonly string[],
    /** The Keras model, where the source was one. */
    readonly keras?: KerasModel,
    /** The tensors that keep the values of a checkpoint, in its order. They are none of `tensors`. */
    readonly copies: readonly CopiedTensor[] = [],
    /** The names of all tensors, filled and copied, in the source's order. */
    readonly names: readonly string[] = tensors.map(({ name }) => name),
  ) {
    loaded.add(Object.freeze(this));
  }

  /**
   * Prints a table: of layers, as Keras draws it, for a Keras model, and of tensors for any other. `printFn` is called
   * with each line, and is `console.log` by default. TensorFlow.js's arguments are taken, too:
   * `summary(lineLength, positions, printFn)`.
   * @returns the same lines as one text
   * @throws ArgumentError for an unknown option, one that cannot be right, and one about layers where there are none
   *
   * @example
   * ```ts
   * import { describeModel } from 'tensorseed/models';
   *
   * const lines: string[] = [];
   * describeModel('gpt2').summary({ printFn: (line) => lines.push(line) });
   * console.log(lines.at(-1)); // Total params: 124,439,808 (474.70 MB)
   * ```
   */
  summary(options?: SummaryOptions): string;
  summary(
    lineLength?: number | null,
    positions?: readonly number[] | null,
    printFn?: ((line: string) => void) | null,
  ): string;
  summary(...args: SummaryArguments): string {
    return summaryOf(this, args, [...this.tensors, ...this.copies], 'float32');
  }
}

/**
 * What the summary of a model prints and returns.
 * @param tensors its tensors in any order, with their types where these are known
 * @param dtype the type of a Keras model's weights without one of their own
 */
export function summaryOf(
  model: LoadedModel,
  args: SummaryArguments,
  tensors: readonly ListedTensor[],
  dtype: Dtype,
): string {
  if (model.keras !== undefined) return printSummary(model.keras, args, dtype);
  const options = readSummaryOptions(args);
  return print(tensorTable(inOrderOf(model.names, tensors), options), options);
}

/** The models that the constructor made. An object of the same prototype need not have a model's members. */
const loaded = new WeakSet<object>();

export const KEYS = ['stream', 'name'] as const satisfies readonly KeyBy[];
/**
 * What the stream of a tensor follows from: 'stream', its `streamName` where it has one, or 'name', its name.
 *
 * @example
 * ```ts
 * import { describeModel, type KeyBy } from 'tensorseed/models';
 *
 * const keyBy: KeyBy = 'name';
 * const tensors = [{ name: 'w', streamName: 'old', shape: [3, 4], initializer: 'he_normal' }];
 * console.log(describeModel({ tensors }, { keyBy }).tensors[0].streamName); // undefined
 * ```
 */
export type KeyBy = 'stream' | 'name';

const KERAS_KEYS = ['customLayers', 'customInitializers', 'names'] as const;
export const MODEL_KEYS = ['rules', 'config', 'dtype', 'keyBy', ...KERAS_KEYS] as const;
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
  if (loaded.has(source)) return source as LoadedModel;
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
  if (root instanceof Map && isGraphModel(root)) return manifestOf(file, root);
  if (root instanceof Map && !isKeras(root)) {
    if (isIndex(root)) return readIndex(file, root, headers);
    if (root.size > 0 && isHeader(root)) return readHeader(file, root);
  }
  throw new ArgumentError(
    `${file} must be a safetensors file, an index or a weights file of Keras: rules are for these`,
  );
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
  if (isGraphModel(root)) {
    if (options.rules === undefined) throw new ArgumentError(`${file} is ${GRAPH_MODEL}`);
    return fromCheckpoint(file, manifestOf(file, root), options);
  }
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
  if (isIndex(root)) return fromCheckpoint(file, readIndex(file, root, headers), options);
  if (root.size > 0 && isHeader(root)) return fromCheckpoint(file, readHeader(file, root), options);
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
