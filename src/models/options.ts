import type { Dtype } from '../core/dtype';
import type { ModelDescription } from './description';
import type { KerasModel, KerasModelOptions } from './keras';
import type { RuleTable } from './rules/rule';

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
