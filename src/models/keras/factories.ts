import { knownKeys } from '../../check';
import { ArgumentError, show } from '../../errors';
import type { Fields, InputOf, LayerSource } from './fields';
import type { Kind } from './kind';
import { LAYER_KINDS } from './registry';

type CamelCase<S extends string> = S extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<CamelCase<Tail>>}` : S;

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
export type OptionsOf<K> = K extends Kind<infer F> ? { readonly [Key in keyof F & string as CamelCase<Key>]?: InputOf<F[Key]> } & LayerOptions : never;
/** Its first argument may stand before the others. */
export type Factory<K> = (first?: OptionsOf<K> | FirstArgument, options?: OptionsOf<K>) => LayerSource;
type FirstArgument = number | string | readonly unknown[] | LayerSource | null;

const COMMON: Readonly<Record<string, string>> = { name: 'name', trainable: 'trainable', dtype: 'dtype', inputShape: 'input_shape', batchInputShape: 'batch_shape' };

export const camelCase = (key: string): string => key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const isLayer = (value: object): boolean => 'class_name' in value && 'config' in value;

/** The factory of a kind: its arguments, named in camelCase, become the layer's JSON. */
function factory(name: string, { className, fields }: Kind<Fields>): Factory<Kind<Fields>> {
  const keys = new Map([...Object.entries(COMMON), ...Object.keys(fields).map((key): [string, string] => [camelCase(key), key])]);
  const [leading] = Object.keys(fields);
  return (first, second) => {
    const isOptions = typeof first === 'object' && first !== null && !Array.isArray(first) && !isLayer(first);
    if (isOptions && second !== undefined) throw new ArgumentError(`layers.${name} takes one object of options, got a second one, ${show(second)}`);
    if (!isOptions && first !== undefined && leading === undefined) throw new ArgumentError(`layers.${name} takes options alone, got ${show(first)}`);
    const options = isOptions ? first : { ...(first === undefined ? {} : { [camelCase(leading)]: first }), ...second };
    const config: Record<string, unknown> = {};
    for (const [option, value] of Object.entries(knownKeys(`the argument of layers.${name}`, options, [...keys.keys()]))) {
      const key = keys.get(option)!;
      if (value !== undefined) config[key] = key in fields ? fields[key].read(option, value) : value;
    }
    for (const [key, { initial }] of Object.entries(fields)) {
      if (initial === undefined && !(key in config)) throw new ArgumentError(`layers.${name} needs ${camelCase(key)}`);
    }
    return { module: 'keras.layers', class_name: className, config, registered_name: null };
  };
}

/**
 * Keras's layers, for `new Sequential([...])`: `layers.dense({units: 4, kernelInitializer: 'he_normal'})`,
 * or `layers.dense(4, {…})`, with Keras's arguments and defaults in camelCase. Each returns the
 * layer's JSON. An argument that the layer does not have, or a value that cannot be right, is an
 * ArgumentError that names it.
 */
export const layers = Object.fromEntries(Object.entries(LAYER_KINDS).map(([name, kind]) => [name, factory(name, kind as Kind<any>)])) as {
  readonly [Name in keyof typeof LAYER_KINDS]: Factory<(typeof LAYER_KINDS)[Name]>;
};
