import { knownKeys } from '../../core/check';
import { ArgumentError, show } from '../../core/errors';
import type { Fields, InputOf, LayerSource } from './fields';
import type { Kind } from './kind';
import type { KerasModel } from './model';
import { LAYER_KINDS } from './registry';

type CamelCase<S extends string> = S extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : S;

/** What every layer takes. Shapes have no batch axis unless they say so. */
export interface LayerOptions {
  /** Default Keras's for the class, counted on in the model: "dense", "dense_1". */
  readonly name?: string;
  readonly trainable?: boolean;
  readonly dtype?: string;
  readonly inputShape?: readonly (number | null)[];
  readonly batchInputShape?: readonly (number | null)[];
}

/** A kind's arguments in camelCase. */
export type OptionsOf<K> =
  K extends Kind<infer F>
    ? { readonly [Key in keyof F & string as CamelCase<Key>]?: InputOf<F[Key]> } & LayerOptions
    : never;
/** Options, before which the arguments that a layer needs may stand, in Keras's order; of one that needs none, its first. */
export type Factory<K> = (...args: (OptionsOf<K> | Positional)[]) => LayerSource;
type Positional = number | string | readonly unknown[] | LayerSource | KerasModel | null;

const COMMON: Readonly<Record<string, string>> = {
  name: 'name',
  trainable: 'trainable',
  dtype: 'dtype',
  inputShape: 'input_shape',
  batchInputShape: 'batch_shape',
};

export const camelCase = (key: string): string =>
  key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Whether an argument is the object of options, and not a layer, a list or another value. */
const isOptions = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !('class_name' in value) &&
  !('toJson' in value);

/** The factory of a kind: its arguments, named in camelCase, become the layer's JSON. */
function factory(name: string, { className, fields }: Kind<Fields>): Factory<Kind<Fields>> {
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
 * Keras's layers, for `new Sequential([...])`: `layers.dense({units: 4, kernelInitializer: 'he_normal'})`,
 * or `layers.dense(4, {…})` and `layers.conv2d(32, 3, {…})`, with Keras's arguments and defaults in camelCase. Each returns the
 * layer's JSON. An argument that the layer does not have, or a value that cannot be right, is an
 * ArgumentError that names it.
 */
export const layers = Object.fromEntries(
  Object.entries(LAYER_KINDS).map(([name, kind]) => [name, factory(name, kind as Kind<any>)]),
) as {
  readonly [Name in keyof typeof LAYER_KINDS]: Factory<(typeof LAYER_KINDS)[Name]>;
};
