import { knownKeys } from '../../core/check';
import { ArgumentError, reading, show } from '../../core/errors';
import { camelCase } from '../../core/letter_case';
import type { CommonLayerOptions } from './common_options';
import type { ConfigFields, InputOf, JsonWriter, LayerSource } from './config_fields';
import type { Kind } from './layer';
import { inputLayer, type InputLayerOptions } from './input_layer';
import { LAYER_KINDS } from './registry';

type CamelCase<S extends string> = S extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : S;

/** The fields of a kind's configuration as options in camelCase. */
type FieldsOf<K> =
  K extends Kind<infer F>
    ? { readonly [Key in keyof F & string as CamelCase<Key>]?: InputOf<F[Key]> }
    : never;

/**
 * The options of a layer: those that all layers take, and the arguments of its Keras class in camelCase,
 * such as `units` and `kernelInitializer` of `LayerOptions<'dense'>`. Their defaults are Keras's.
 *
 * @see https://keras.io/api/layers/
 * @example
 * ```ts
 * import { type LayerOptions, layers } from 'tensorseed/models';
 *
 * const options: LayerOptions<'dense'> = { useBias: false, kernelInitializer: 'he_normal' };
 * const { class_name, config } = layers.dense(4, options);
 * console.log(class_name, config.use_bias); // Dense false
 * ```
 */
export type LayerOptions<Name extends keyof Layers> = CommonLayerOptions &
  FieldsOf<(typeof LAYER_KINDS)[Name]> &
  (Name extends 'inputLayer' ? InputLayerOptions : unknown);

/**
 * Makes the JSON of a layer, for a Sequential or for a layer that wraps it.
 *
 * @example
 * ```ts
 * import { type LayerFactory, layers } from 'tensorseed/models';
 *
 * const dense: LayerFactory<'dense'> = layers.dense;
 * console.log(dense({ units: 4 }).config.units, dense(4).config.units); // 4 4
 * ```
 */
export interface LayerFactory<Name extends keyof Layers> {
  /**
   * The JSON of the layer, with the configuration that the arguments give.
   * @param args the values that the layer needs, in Keras's order, such as `filters` and `kernelSize` of a
   *   convolution, and behind them the options. The values may stand among the options instead. A layer that
   *   needs none takes the value of its first option.
   * @throws ArgumentError that names the argument: one that the layer does not have, that is missing, that
   *   is given twice, or whose value cannot be right
   */
  (
    ...args: (LayerOptions<Name> | number | string | readonly unknown[] | LayerSource | JsonWriter | null)[]
  ): LayerSource;
}

/**
 * The factories of Keras's layers by their names, which are those of Keras's classes in camelCase.
 *
 * Each says which weights the layer has, in Keras's order, with their shapes. A bias is there unless
 * `useBias` is false, and gamma and beta are there unless `scale` and `center` are. Channels are the last axis
 * unless `dataFormat` is 'channels_first'. A Sequential calls its layers on one tensor; the JSON of a
 * Functional model may call those that take several, such as `add`.
 *
 * @interface
 * @see https://keras.io/api/layers/
 * @example
 * ```ts
 * import { type Layers, layers, Sequential } from 'tensorseed/models';
 *
 * function weights(cell: keyof Pick<Layers, 'gru' | 'lstm'>): number {
 *   return new Sequential([layers[cell]({ units: 8, inputShape: [null, 4] })]).countParams();
 * }
 * console.log(weights('gru'), weights('lstm')); // 336 416
 * ```
 */
export type Layers = { readonly [Name in keyof typeof LAYER_KINDS]: LayerFactory<Name> };

const COMMON: Readonly<Record<string, string>> = {
  name: 'name',
  trainable: 'trainable',
  dtype: 'dtype',
  inputShape: 'input_shape',
  batchInputShape: 'batch_shape',
};

/** Whether an argument is the object of options, and not a layer, a list or another value. */
const isOptions = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !('class_name' in value) &&
  !('toJson' in value);

function factory(name: string, { className, fields }: Kind<ConfigFields>): LayerFactory<keyof Layers> {
  const keys = new Map([
    ...Object.entries(COMMON),
    ...Object.keys(fields).map((key): [string, string] => [camelCase(key), key]),
  ]);
  const required = Object.keys(fields).filter((key) => fields[key].initial === undefined);
  const places = (required.length > 0 ? required : Object.keys(fields).slice(0, 1)).map(camelCase);
  const read = (args: readonly unknown[]): LayerSource => {
    const last = args.at(-1);
    const named = isOptions(last) ? last : {};
    const values = named === last ? args.slice(0, -1) : args;
    if (values.length > places.length)
      throw new ArgumentError(
        `layers.${name} takes ${places.join(', ') || 'nothing'} before its options, got ${show(values)}`,
      );
    const config: Record<string, unknown> = {};
    for (const [option, value] of Object.entries(
      knownKeys(`the argument of layers.${name}`, named, [...keys.keys()]),
    )) {
      const place = places.indexOf(option);
      if (place >= 0 && place < values.length)
        throw new ArgumentError(
          `layers.${name} got ${option} twice, ${show(values[place])} and ${show(value)}`,
        );
      if (value !== undefined) config[keys.get(option)!] = value;
    }
    for (const [i, value] of values.entries()) config[keys.get(places[i])!] = value;
    for (const [key, value] of Object.entries(config))
      if (key in fields) config[key] = fields[key].read(camelCase(key), value);
    for (const key of required)
      if (!(key in config)) throw new ArgumentError(`layers.${name} needs ${camelCase(key)}`);
    return { module: 'keras.layers', class_name: className, config, registered_name: null };
  };
  return (...args) => reading(`the argument of layers.${name}`, () => read(args));
}

/**
 * Keras's layers, for `new Sequential([...])`, with Keras's arguments and defaults in camelCase:
 * `layers.dense({ units: 4, kernelInitializer: 'he_normal' })`. The values that a layer needs may stand
 * before its options: `layers.dense(4, {…})`, `layers.conv2d(32, 3, {…})`. Each factory returns the JSON
 * of the layer.
 *
 * @throws ArgumentError that names the argument: one that the layer does not have, that is missing, or
 *   whose value cannot be right
 * @example
 * ```ts
 * import { layers, Sequential } from 'tensorseed/models';
 *
 * const model = new Sequential([
 *   layers.conv2d(16, 3, { inputShape: [28, 28, 1], activation: 'relu' }),
 *   layers.globalAveragePooling2d(),
 *   layers.dense({ units: 10, kernelInitializer: 'he_normal' }),
 * ]);
 * console.log(model.weights[0].name, model.weights[0].shape.join()); // conv2d/kernel 3,3,1,16
 * ```
 */
export const layers: Layers = {
  ...(Object.fromEntries(
    Object.entries(LAYER_KINDS).map(([name, kind]) => [name, factory(name, kind as Kind<any>)]),
  ) as Layers),
  inputLayer,
};
