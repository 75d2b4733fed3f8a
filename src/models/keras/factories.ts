import { knownKeys } from '../../core/check';
import { ArgumentError, show } from '../../core/errors';
import { camelCase } from '../../core/letter_case';
import type { ConfigFields, InputOf, JsonWriter, LayerSource } from './config_fields';
import type { Kind } from './layer';
import { LAYER_KINDS } from './registry';

type CamelCase<S extends string> = S extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : S;

/** Options that every layer takes. Shapes have no batch axis unless they say so. */
export interface LayerOptions {
  /** Default: Keras's for the class, with a number from the second in a model on: "dense", "dense_1". */
  readonly name?: string;
  readonly trainable?: boolean;
  readonly dtype?: string;
  readonly inputShape?: readonly (number | null)[];
  readonly batchInputShape?: readonly (number | null)[];
}

/** The fields of a kind's configuration as options in camelCase. */
export type OptionsOf<K> =
  K extends Kind<infer F>
    ? { readonly [Key in keyof F & string as CamelCase<Key>]?: InputOf<F[Key]> } & LayerOptions
    : never;

/**
 * Makes a layer's JSON from its options. Before them may stand the values that the layer needs, in
 * Keras's order; before those of a layer that needs none, the value of its first option.
 */
export type Factory<K> = (...args: (OptionsOf<K> | Positional)[]) => LayerSource;
type Positional = number | string | readonly unknown[] | LayerSource | JsonWriter | null;

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

function factory(name: string, { className, fields }: Kind<ConfigFields>): Factory<Kind<ConfigFields>> {
  const keys = new Map([
    ...Object.entries(COMMON),
    ...Object.keys(fields).map((key): [string, string] => [camelCase(key), key]),
  ]);
  const required = Object.keys(fields).filter((key) => fields[key].initial === undefined);
  const places = (required.length > 0 ? required : Object.keys(fields).slice(0, 1)).map(camelCase);
  return (...args) => {
    const named = isOptions(args.at(-1)) ? args.pop() : {};
    if (args.length > places.length)
      throw new ArgumentError(
        `layers.${name} takes ${places.join(', ') || 'nothing'} before its options, got ${show(args)}`,
      );
    const config: Record<string, unknown> = {};
    for (const [option, value] of Object.entries(
      knownKeys(`the argument of layers.${name}`, named, [...keys.keys()]),
    )) {
      const place = places.indexOf(option);
      if (place >= 0 && place < args.length)
        throw new ArgumentError(
          `layers.${name} got ${option} twice, ${show(args[place])} and ${show(value)}`,
        );
      if (value !== undefined) config[keys.get(option)!] = value;
    }
    for (const [i, value] of args.entries()) config[keys.get(places[i])!] = value;
    for (const [key, value] of Object.entries(config))
      if (key in fields) config[key] = fields[key].read(camelCase(key), value);
    for (const key of required)
      if (!(key in config)) throw new ArgumentError(`layers.${name} needs ${camelCase(key)}`);
    return { module: 'keras.layers', class_name: className, config, registered_name: null };
  };
}

/**
 * Keras's layers, for `new Sequential([...])`, with Keras's arguments and defaults in camelCase:
 * `layers.dense({ units: 4, kernelInitializer: 'he_normal' })`. The values that a layer needs may stand
 * before its options: `layers.dense(4, {…})`, `layers.conv2d(32, 3, {…})`. Each factory returns the JSON
 * of the layer.
 * @throws ArgumentError that names the argument: one that the layer does not have, that is missing, or
 *   whose value cannot be right
 */
export const layers = Object.fromEntries(
  Object.entries(LAYER_KINDS).map(([name, kind]) => [name, factory(name, kind as Kind<any>)]),
) as {
  readonly [Name in keyof typeof LAYER_KINDS]: Factory<(typeof LAYER_KINDS)[Name]>;
};
